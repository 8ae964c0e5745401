package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Scheduler;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ExtendWith(NothingUnhandled.class)
class DemoSiteTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** Where nobody listens, so that whatever is sent there is lost. */
  private static final Map<String, String> PROXIES =
      Map.of(
          "http.proxyHost", "127.0.0.1",
          "http.proxyPort", "1",
          "http.nonProxyHosts", "",
          "https.proxyHost", "127.0.0.1",
          "https.proxyPort", "1",
          "socksProxyHost", "127.0.0.1",
          "socksProxyPort", "1");

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void theDemoFindsExactlyWhatIsPlantedWhateverTheProxySettings() throws Exception {
    RecordedScreen screen = new RecordedScreen(StandardCharsets.US_ASCII, false);
    Properties before = (Properties) System.getProperties().clone();
    PROXIES.forEach(System::setProperty);
    try {
      int status = Main.run(screen.screen(), "check", "--demo").get(LONG);
      assertThat(screen.lastLine()).isEqualTo("16 findings, exactly those planted");
      assertThat(status).isEqualTo(0);
    } finally {
      System.setProperties(before);
    }
    assertThat(screen.text()).contains("60 pages with ").doesNotContain("Exception", "\tat ");
    assertThat(screen.complaints()).isEmpty();
  }

  @Test
  void aFindingMoreOrLessThanExpectedIsNoticed() throws Exception {
    Scheduler scheduler = Scheduler.system();
    try (DemoSite demo = DemoSite.open(scheduler)) {
      HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
      WebFetcher web = new WebFetcher(client, Patience.of(Duration.ofSeconds(3)), scheduler);
      Crawl crawl = new Crawl(List.of(Site.of(demo.address())), web, new FileFetcher(), scheduler);
      List<Finding> found = crawl.run(16).get(LONG).findings();

      assertThat(compare(demo.planted(), found))
          .containsExactly("16 findings, exactly those planted", "status 0");
      List<Planted> less = demo.planted().subList(1, 16);
      assertThat(compare(less, found))
          .contains("16 findings, not those planted: 0 missing, 1 unexpected", "status 2");
      List<Planted> more = new ArrayList<>(demo.planted());
      more.add(new Planted(demo.address(), "never planted", "404"));
      assertThat(compare(more, found))
          .contains("16 findings, not those planted: 1 missing, 0 unexpected", "status 2");
    }
  }

  private static List<String> compare(List<Planted> planted, List<Finding> found) {
    RecordedScreen screen = RecordedScreen.piped();
    int status = Planted.compare(planted, found, screen.screen());
    screen.screen().line("status " + status);
    return screen.lines();
  }
}
