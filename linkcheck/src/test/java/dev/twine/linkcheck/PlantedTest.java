package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantedTest {

  private static final Address PAGE = new Address(URI.create("http://host/"));
  private static final Finding A = new Finding(PAGE, "link", "a", "404 Not Found");
  private static final Finding B = new Finding(PAGE, "link", "b", "no answer within 2 s");
  private static final Planted PLANTED_A = new Planted("http://host/", "a", "404 Not Found");
  private static final Planted PLANTED_B = new Planted("http://host/", "b", "no answer");

  private final RecordedScreen screen = RecordedScreen.piped();

  @Test
  void exactlyThoseIsFine() {
    assertThat(compare(List.of(PLANTED_B, PLANTED_A), List.of(A, B))).isEqualTo(0);
    assertThat(screen.lines()).containsExactly("2 findings, exactly those planted");
  }

  @Test
  void oneThatWasNotFoundIsNamed() {
    assertThat(compare(List.of(PLANTED_A, PLANTED_B), List.of(A))).isEqualTo(2);
    assertThat(screen.lines())
        .containsExactly(
            "missing     http://host/  b  no answer",
            "1 finding, not those planted: 1 missing, 0 unexpected");
  }

  @Test
  void oneThatWasNotPlantedIsNamed() {
    assertThat(compare(List.of(PLANTED_A), List.of(A, B))).isEqualTo(2);
    assertThat(screen.lines())
        .containsExactly(
            "unexpected  http://host/  b  no answer within 2 s",
            "2 findings, not those planted: 0 missing, 1 unexpected");
  }

  @Test
  void theRightLinkWithAnotherProblemIsBoth() {
    Finding other = new Finding(PAGE, "link", "a", "410 Gone");
    assertThat(compare(List.of(PLANTED_A), List.of(other))).isEqualTo(2);
    assertThat(screen.lastLine())
        .isEqualTo("1 finding, not those planted: 1 missing, 1 unexpected");
  }

  private int compare(List<Planted> planted, List<Finding> findings) {
    return Planted.compare(planted, findings, screen.screen());
  }
}
