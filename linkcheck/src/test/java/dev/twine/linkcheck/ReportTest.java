package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.linkcheck.Link.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Address HOME = new Address(URI.create("http://host/"));
  private static final Address OTHER = new Address(URI.create("http://host/other"));
  private static final Site SITE = new Site(HOME, List.of(HOME));

  private final Answers answers = new Answers();

  @Test
  void findingsAreGroupedByPageAndPagesAreInOrder() {
    page(OTHER, link(Kind.LINK, "http://[x"));
    page(HOME, link(Kind.IMAGE, "http://["), link(Kind.STYLESHEET, "http://[longer"), fine());
    assertThat(printed(Duration.ofMillis(1249)))
        .containsExactly(
            "",
            "http://host/",
            "  image       http://[        malformed address",
            "  stylesheet  http://[longer  malformed address",
            "",
            "http://host/other",
            "  link        http://[x       malformed address",
            "",
            "2 pages with 4 links to 2 addresses checked in 1.2 s: 3 findings on 2 pages");
  }

  @Test
  void nothingFoundIsOneLine() {
    page(HOME, fine());
    assertThat(printed(Duration.ZERO))
        .containsExactly("", "1 page with 1 link to 1 address checked in 0.0 s: no findings");
  }

  @Test
  void theSameTargetTwiceIsOneFinding() {
    answers.put(HOME, Answer.Broken.forGood("404 Not Found"));
    Report report = Report.of(List.of(SITE, SITE), answers, Duration.ZERO);
    assertThat(report.findings()).containsExactly(Finding.pageItself(HOME, "404 Not Found"));
  }

  @Test
  void aVeryLongAddressDoesNotPushTheOthersAway() {
    String longAddress = "http://[" + "x".repeat(500);
    page(HOME, link(Kind.LINK, longAddress), link(Kind.LINK, "http://["));
    assertThat(printed(Duration.ZERO))
        .contains(
            "  link        " + longAddress + "  malformed address",
            "  link        http://[  malformed address");
  }

  @Test
  void columnsStandInAPosixLocaleToo() {
    page(HOME, link(Kind.LINK, "http://[\u00fc"), link(Kind.LINK, "http://[abc"));
    RecordedScreen screen = new RecordedScreen(StandardCharsets.US_ASCII, false);
    Report.of(List.of(SITE), answers, Duration.ZERO).print(screen.screen());
    assertThat(screen.lines())
        .contains(
            "  link        http://[\\u00fc  malformed address",
            "  link        http://[abc     malformed address");
  }

  private List<String> printed(Duration took) {
    RecordedScreen screen = RecordedScreen.piped();
    Report.of(List.of(SITE), answers, took).print(screen.screen());
    return screen.lines();
  }

  private void page(Address address, Link... links) {
    answers.put(address, new Page(new LinkedHashSet<>(List.of(links)), Set.of()));
  }

  private static Link link(Kind kind, String written) {
    return Link.on(HOME, HOME, kind, written);
  }

  private static Link fine() {
    return link(Kind.LINK, "/");
  }
}
