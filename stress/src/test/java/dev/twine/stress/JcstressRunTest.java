package dev.twine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JcstressRunTest {

  private final JcstressRun jcstress = new JcstressRun("JcstressRunTest", ClassPath.ofThisJvm());

  @Test
  void aRunThatTakesTooLongIsEnded() {
    assertThatThrownBy(() -> results(FireAndFire.class.getName(), Duration.ofSeconds(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("jcstress was not through after 1 s");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aRaceThatIsNotThereIsNotPassedOver() {
    assertThatThrownBy(() -> results("dev.twine.stress.NoRace", Duration.ofMinutes(2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("jcstress has written no results");
  }

  private void results(String race, Duration limit) {
    assertThat(jcstress.results(List.of(race), Duration.ofMillis(100), limit)).isNotNull();
  }
}
