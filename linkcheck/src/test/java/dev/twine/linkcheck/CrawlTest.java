package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Crawls a web that exists in a map only. */
@ExtendWith(NothingUnhandled.class)
class CrawlTest {

  private final Map<String, Answer> redirects = new HashMap<>();
  private final Map<String, String> pages = new HashMap<>();
  private final List<String> visits = new ArrayList<>();
  private final ManualClock clock = new ManualClock();

  @Test
  void eachAddressIsVisitedOnceHoweverManyLinksLeadThere() {
    page("http://host/", "<a href=/><a href=a><a href=a#x><a href=/a><img src=i><img src=./i>");
    page("http://host/a", "<p id=x><a href='/'><a href=a><img src=i>");
    page("http://host/i", "");
    assertThat(crawl("http://host/").findings()).isEmpty();
    assertThat(visits).containsExactly("http://host/", "http://host/a", "http://host/i");
  }

  @Test
  void whatIsElsewhereIsVisitedButNotCrawled() {
    page("http://host/", "<a href=http://other/>");
    page("http://other/", "<a href=http://third/>");
    Report report = crawl("http://host/");
    assertThat(report.findings()).isEmpty();
    assertThat(report.pages()).isEqualTo(1);
    assertThat(visits).containsExactly("http://host/", "http://other/");
  }

  @Test
  void brokenLinksAreFoundWhereTheyStand() {
    page("http://host/", "<a href=b><a href=gone>");
    page("http://host/b", "<img src=gone><a href=http://[><a href=/#no>");
    assertThat(described(crawl("http://host/")))
        .containsExactly(
            "/ link gone: 404",
            "/b link http://[: malformed address",
            "/b link /#no: no anchor 'no' on that page",
            "/b image gone: 404");
  }

  @Test
  void redirectsAreFollowedToTheEnd() {
    page("http://host/", "<a href=old><a href=older#x><a href=older#y><a href=lost>");
    redirect("/old", "/new");
    redirect("/older", "/old");
    redirect("/lost", "/gone");
    page("http://host/new", "<p id=x><a href=/>");
    assertThat(described(crawl("http://host/")))
        .containsExactly(
            "/ link older#y: no anchor 'y' on that page (redirected to /new)",
            "/ link lost: 404 (redirected to /gone)");
    assertThat(visits).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void redirectsThatLoopAreFound() {
    page("http://host/", "<a href=a><a href=self><a href=into>");
    redirect("/a", "/b");
    redirect("/b", "/a");
    redirect("/self", "/self");
    redirect("/into", "/a");
    assertThat(described(crawl("http://host/")))
        .containsExactly(
            "/ link a: redirect loop: /a -> /b -> /a",
            "/ link self: redirect loop: /self -> /self",
            "/ link into: redirect loop: /into -> /a -> /b -> /a");
    assertThat(visits).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void redirectsThatNeverEndAreGivenUp() {
    page("http://host/", "<a href=/0><a href=/5>");
    for (int i = 0; i < 100; i++) {
      redirect("/" + i, "/" + (i + 1));
    }
    assertThat(described(crawl("http://host/")))
        .containsExactly("/ link /0: more than 10 redirects", "/ link /5: more than 10 redirects");
  }

  @Test
  void theSiteOfATargetThatHasMovedIsWhereItIsNow() {
    redirects.put("http://host/", moved("http://www.host/"));
    page("http://www.host/", "<a href=a>");
    page("http://www.host/a", "<a href=gone>");
    assertThat(described(crawl("http://host/"))).containsExactly("/a link gone: 404");
  }

  @Test
  void aTargetThatIsNotThereIsAFinding() {
    assertThat(described(crawl("http://host/x"))).containsExactly("/x page (itself): 404");
  }

  @Test
  void aTargetThatIsNoPageIsAFinding() {
    redirects.put("http://host/x.png", new Answer.Present());
    assertThat(described(crawl("http://host/x.png")))
        .containsExactly("/x.png page (itself): not an HTML page");
  }

  @Test
  void aVisitThatFailsIsAFinding() {
    redirects.put("http://host/", new Answer.Broken("fail", false));
    Fetcher failing = (address, root) -> Deferred.fail(new IllegalStateException("oh no"));
    Site site = Site.of("http://host/");
    Deferred<Report> report = new Crawl(List.of(site), failing, failing, clock).run(3);
    assertThat(described(valueOf(report)))
        .containsExactly("/ page (itself): can't be checked: oh no");
  }

  @Test
  void thereAreNeverMoreVisitsUnderWayThanAllowed() {
    StringBuilder home = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      home.append("<a href=/").append(i).append('>');
      page("http://host/" + i, "<a href=/" + (i + 20) + ">");
      page("http://host/" + (i + 20), "");
    }
    page("http://host/", home.toString());
    Queue<Runnable> underWay = new ArrayDeque<>();
    Fetcher slow =
        (address, root) -> {
          Deferred<Answer> answer = new Deferred<>();
          underWay.add(() -> answer.callback(answer(address, root)));
          return answer;
        };
    Crawl crawl = new Crawl(List.of(Site.of("http://host/")), slow, slow, clock);
    Deferred<Report> report = crawl.run(4);
    assertThat(underWay).hasSize(1);
    assertThat(crawl.progress()).isEqualTo("0 of 1 addresses visited, 0 broken");
    underWay.remove().run();
    assertThat(crawl.progress()).isEqualTo("1 of 21 addresses visited, 0 broken");
    clock.advance(Duration.ofSeconds(7));
    int most = 0;
    while (!underWay.isEmpty()) {
      most = Math.max(most, underWay.size());
      assertThat(report.isCalled()).isFalse();
      underWay.remove().run();
    }
    assertThat(most).isEqualTo(4);
    assertThat(valueOf(report).findings()).isEmpty();
    assertThat(valueOf(report).took()).isEqualTo(Duration.ofSeconds(7));
    assertThat(visits).hasSize(41).doesNotHaveDuplicates();
  }

  /** What is there at once is visited in a loop, not in a recursion. */
  @Test
  void aVeryLongPathIsNoProblem() {
    for (int i = 0; i < 5_000; i++) {
      page("http://host/" + i, "<a href=/" + (i + 1) + ">");
    }
    Report report = crawl("http://host/0");
    assertThat(report.pages()).isEqualTo(5_000);
    assertThat(described(report)).containsExactly("/4999 link /5000: 404");
  }

  private Report crawl(String start) {
    Fetcher fetcher = (address, root) -> Deferred.succeed(answer(address, root));
    return valueOf(new Crawl(List.of(Site.of(start)), fetcher, fetcher, clock).run(8));
  }

  private Answer answer(Address address, @Nullable Address root) {
    String written = address.toString();
    visits.add(written);
    if (redirects.containsKey(written)) {
      return redirects.get(written);
    }
    if (!pages.containsKey(written)) {
      return Answer.Broken.forGood("404");
    }
    try {
      byte[] html = pages.get(written).getBytes(StandardCharsets.UTF_8);
      return root == null ? new Answer.Present() : Page.parse(address, root, html, "UTF-8");
    } catch (java.io.IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void page(String address, String html) {
    pages.put(address, html);
  }

  private void redirect(String from, String to) {
    redirects.put("http://host" + from, moved("http://host" + to));
  }

  private static Answer moved(String to) {
    try {
      return new Answer.Moved(Address.of(to));
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<String> described(Report report) {
    return report.findings().stream()
        .map(
            finding ->
                finding.page().uri().getPath()
                    + " "
                    + finding.kind()
                    + " "
                    + finding.written()
                    + ": "
                    + finding.problem())
        .toList();
  }

  private static Report valueOf(Deferred<Report> report) {
    assertThat(report.isCalled()).isTrue();
    List<Report> values = new ArrayList<>();
    report.onSuccess(values::add);
    return values.get(0);
  }
}
