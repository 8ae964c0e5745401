package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.twine.Deferred;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrawlerTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ConcurrentLinkedQueue<String> visits = new ConcurrentLinkedQueue<>();
  private final CountDownLatch silence = new CountDownLatch(1);
  private final Crawler crawler = new Crawler(HttpClient.newHttpClient());
  private HttpServer server;
  private String address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    InetSocketAddress bound = server.getAddress();
    address = "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void thePagesAreGotOneAfterTheOther() throws Exception {
    List<String> pages = List.of(address + "/b", address + "/a", address + "/c");

    Map<String, String> results = crawler.crawl(pages).get(LONG);

    assertThat(results.keySet()).containsExactlyElementsOf(pages);
    assertThat(results).containsEntry(address + "/a", "the page /a");
    assertThat(visits).containsExactly("/b", "/a", "/c");
  }

  @Test
  void ofNoPagesThereIsNothing() throws Exception {
    assertThat(crawler.crawl(List.of()).get()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereFailsItWithTheVeryException() {
    server.stop(0);

    Deferred<Map<String, String>> results = crawler.crawl(List.of(address + "/a"));

    assertThat(catchThrowable(() -> results.get(LONG))).isInstanceOf(ConnectException.class);
  }

  @Test
  void cancellingItCancelsTheRequestItWaitsFor() throws Exception {
    Deferred<Map<String, String>> results =
        crawler.crawl(List.of(address + "/a", address + "/never", address + "/b"));
    assertThat(silence.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    results.cancel();

    assertThat(catchThrowable(() -> results.get(LONG))).isInstanceOf(CancellationException.class);
    assertThat(visits).containsExactly("/a", "/never");
  }

  @Test
  void theProgramSaysHowLongThePagesAre() throws Exception {
    try (Child child = Child.start(Crawler.class, address + "/a")) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines()).containsExactly(address + "/a: 11 characters");
      assertThat(end.status()).isZero();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    visits.add(path);
    if (path.equals("/never")) {
      silence.countDown();
      return;
    }
    byte[] text = ("the page " + path).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }
}
