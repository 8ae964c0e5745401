package dev.twine.linkcheck;

import static dev.twine.linkcheck.DemoServer.file;
import static dev.twine.linkcheck.DemoServer.flaky;
import static dev.twine.linkcheck.DemoServer.hangUp;
import static dev.twine.linkcheck.DemoServer.html;
import static dev.twine.linkcheck.DemoServer.never;
import static dev.twine.linkcheck.DemoServer.redirect;
import static dev.twine.linkcheck.DemoServer.stalled;
import static dev.twine.linkcheck.DemoServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NothingUnhandled.class)
class WebFetcherTest {

  /** Nothing here depends on how long this is: the servers answer at once or not at all. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofMillis(200);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  private DemoServer server;

  @BeforeEach
  void start() throws Exception {
    server = DemoServer.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aPageOfTheSiteIsRead() throws Exception {
    server.at("/", html("<a href=/x>"));
    assertThat(visit("/", LONG))
        .isInstanceOfSatisfying(Page.class, page -> assertThat(page.links()).hasSize(1));
  }

  @Test
  void aPageElsewhereIsOnlyThere() throws Exception {
    server.at("/", html("<a href=/x>"));
    Address address = Address.of(server.address());
    assertThat(fetcher(LONG).fetch(address, null).get(LONG)).isEqualTo(new Answer.Present());
  }

  @Test
  void whatIsNoPageIsOnlyThere() throws Exception {
    server.at("/a.png", file("image/png"));
    assertThat(visit("/a.png", LONG)).isEqualTo(new Answer.Present());
    assertThat(server.visits("/a.png")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 418})
  void aRefusalIsForGood(int status) throws Exception {
    server.at("/x", status(status));
    assertThat(problem("/x", LONG)).startsWith(status + "");
    assertThat(server.visits("/x")).isEqualTo(1);
  }

  @Test
  void aRedirectIsSaidAndNotFollowed() throws Exception {
    server.at("/a/b", redirect("../c?d#e"));
    assertThat(visit("/a/b", LONG))
        .isEqualTo(new Answer.Moved(Address.of(server.address() + "/c?d")));
    assertThat(server.visits("/c")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[x", "mailto:a@b", "file:///etc/hosts", "http://"})
  void aRedirectToNowhereIsBroken(String location) throws Exception {
    server.at("/x", redirect(location));
    assertThat(problem("/x", LONG)).startsWith("redirect").endsWith(location);
  }

  @Test
  void whatWorksAgainIsNotBroken() throws Exception {
    server.at("/busy", flaky(2, status(503), html("")));
    assertThat(visit("/busy", LONG)).isInstanceOf(Page.class);
    assertThat(server.visits("/busy")).isEqualTo(3);
    server.at("/shy", flaky(1, hangUp(), html("")));
    assertThat(visit("/shy", LONG)).isInstanceOf(Page.class);
  }

  @Test
  void whatStaysDownIsAskedThreeTimes() throws Exception {
    server.at("/down", status(500));
    assertThat(problem("/down", LONG)).isEqualTo("500 Internal Server Error");
    assertThat(server.visits("/down")).isEqualTo(3);
  }

  @Test
  void aServerThatHangsUpIsBroken() throws Exception {
    server.at("/rude", hangUp());
    assertThat(problem("/rude", LONG)).isEqualTo("connection lost");
  }

  @Test
  void whoNeverAnswersIsAskedOnce() throws Exception {
    server.at("/never", never()).at("/stalled", stalled());
    assertThat(problem("/never", SHORT)).isEqualTo("no answer within 0.2 s");
    assertThat(server.visits("/never")).isLessThanOrEqualTo(1); // 0 if it wasn't even connected
    assertThat(problem("/stalled", SHORT)).isEqualTo("no answer within 0.2 s");
  }

  /** The timeout cancels the Deferred, that cancels the client's future, and that hangs up. */
  @Test
  void aTimeoutClosesTheConnection() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      String host = InetAddress.getLoopbackAddress().getHostAddress();
      Address address = Address.of("http://" + host + ":" + silent.getLocalPort() + "/");
      Deferred<Answer> answer = fetcher(Duration.ofSeconds(2)).fetch(address, address);
      try (Socket connection = silent.accept()) {
        // Ends only when the other side closes, and would otherwise throw.
        connection.setSoTimeout(20_000);
        assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
      }
      assertThat(answer.get(LONG)).isEqualTo(broken("no answer within 2 s"));
    }
  }

  @Test
  void nobodyListensThere() throws Exception {
    server.close();
    assertThat(problem("/", LONG)).isEqualTo("cannot connect");
  }

  @Test
  void aHostThatDoesNotExistIsBroken() throws Exception {
    Address address = Address.of("http://name.invalid/");
    assertThat(fetcher(LONG).fetch(address, address).get(LONG)).isEqualTo(broken("host not found"));
  }

  @Test
  void whatTheClientRefusesIsMalformed() throws Exception {
    Address address = Address.of("http://127.0.0.1:99999/");
    assertThat(fetcher(LONG).fetch(address, address).get(LONG))
        .isInstanceOfSatisfying(
            Answer.Broken.class,
            answer -> assertThat(answer.problem()).startsWith("malformed address"));
  }

  @Test
  void anEndlessPageIsCutOff() throws Exception {
    byte[] some = new byte[1 << 20];
    server.at(
        "/endless",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, 0);
          // Far more than it will take: this ends because the visitor closes the connection.
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(some);
          }
        });
    assertThat(problem("/endless", LONG)).isEqualTo("page larger than 16 MiB");
  }

  @Test
  void nonsenseInsteadOfACharsetIsIgnored() throws Exception {
    server.at(
        "/x",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=\"no/such\"");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    assertThat(visit("/x", LONG)).isInstanceOf(Page.class);
  }

  private String problem(String path, Duration timeout) throws Exception {
    return ((Answer.Broken) visit(path, timeout)).problem();
  }

  private Answer visit(String path, Duration timeout) throws Exception {
    Address address = Address.of(server.address() + path);
    return fetcher(timeout).fetch(address, address.root()).get(LONG);
  }

  private static WebFetcher fetcher(Duration timeout) {
    Patience patience = new Patience(timeout, 2, Duration.ofMillis(1));
    return new WebFetcher(CLIENT, patience, Scheduler.system());
  }

  private static Answer broken(String problem) {
    return Answer.Broken.forGood(problem);
  }
}
