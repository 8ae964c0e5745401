package dev.twine.linkcheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.twine.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on the loopback interface that behaves as badly as one wants.
 *
 * <p>Nothing in it waits: a slow answer is given by the scheduler when its time has come, and one
 * that never comes is just not given. So the server's own thread is enough, however many visitors
 * hang.
 */
final class DemoServer implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  private final Map<String, Integer> visits = new ConcurrentHashMap<>();

  private DemoServer(HttpServer server) {
    this.server = server;
  }

  /** Starts a server on a port that is free. */
  static DemoServer start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DemoServer started = new DemoServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    started.server.createContext("/", started::handle);
    started.server.start();
    return started;
  }

  /** Returns the address of the server, without a slash at the end. */
  String address() {
    InetSocketAddress bound = server.getAddress();
    return "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort();
  }

  /** Says how to answer at a path; without that there is nothing there. */
  DemoServer at(String path, HttpHandler handler) {
    handlers.put(path, handler);
    return this;
  }

  /** Returns how often there was a request for a path. */
  int visits(String path) {
    return visits.getOrDefault(path, 0);
  }

  /** Closes the server and all connections, those too on which somebody is still waiting. */
  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    visits.merge(path, 1, Integer::sum);
    handlers.getOrDefault(path, status(404)).handle(exchange);
  }

  /** Answers with a page. */
  static HttpHandler html(String html) {
    return exchange -> answer(exchange, 200, "text/html; charset=utf-8", html);
  }

  /** Answers with something that is no page. */
  static HttpHandler file(String contentType) {
    return exchange -> answer(exchange, 200, contentType, "whatever");
  }

  /** Answers with a status and nothing else. */
  static HttpHandler status(int status) {
    return exchange -> answer(exchange, status, "text/html", "<h1>" + status + "</h1>");
  }

  /** Sends the visitor to another place. */
  static HttpHandler redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to);
      answer(exchange, 302, "text/html", "");
    };
  }

  /** Answers after some time. */
  static HttpHandler slow(Duration delay, Scheduler scheduler, HttpHandler then) {
    return exchange -> scheduler.callLater(delay, () -> handleLate(exchange, then));
  }

  /** Is out of order at first, and answers from then on. */
  static HttpHandler flaky(int failures, HttpHandler first, HttpHandler then) {
    AtomicInteger left = new AtomicInteger(failures);
    return exchange -> (left.getAndDecrement() > 0 ? first : then).handle(exchange);
  }

  /** Closes the connection without a word. */
  static HttpHandler hangUp() {
    return HttpExchange::close;
  }

  /** Lets the visitor wait for ever. */
  static HttpHandler never() {
    return exchange -> {};
  }

  /** Begins to answer, and lets the visitor wait for the rest for ever. */
  static HttpHandler stalled() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("<p>Once upon a time".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  private static void handleLate(HttpExchange exchange, HttpHandler handler) {
    try {
      handler.handle(exchange);
    } catch (IOException gone) {
      exchange.close(); // The visitor didn't want to wait any longer.
    }
  }

  private static void answer(HttpExchange exchange, int status, String contentType, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
