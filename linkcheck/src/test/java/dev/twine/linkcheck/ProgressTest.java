package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingUnhandled.class)
class ProgressTest {

  private final ManualClock clock = new ManualClock();
  private final Deferred<String> work = new Deferred<>();
  private final RecordedScreen screen = RecordedScreen.piped();

  @Test
  void aPipeGetsALineEveryTwoSecondsUntilTheWorkIsDone() {
    Deferred<String> result = Progress.during(() -> work, () -> "half way", screen.screen(), clock);
    clock.advance(Duration.ofMillis(1999));
    assertThat(screen.lines()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    clock.advance(Duration.ofSeconds(2));
    assertThat(screen.lines()).containsExactly("half way, 2.0 s", "half way, 4.0 s");
    work.callback("done");
    assertThat(result.isCalled()).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThat(screen.lines()).hasSize(2);
    List<String> seen = new ArrayList<>();
    result.onSuccess(seen::add);
    assertThat(seen).containsExactly("done");
  }

  @Test
  void aTerminalGetsOneTenTimesASecond() {
    RecordedScreen terminal = new RecordedScreen(StandardCharsets.UTF_8, true);
    Deferred<String> result = Progress.during(() -> work, () -> "x", terminal.screen(), clock);
    clock.advance(Duration.ofMillis(100));
    assertThat(terminal.text()).isEqualTo("x, 0.1 s");
    work.callback("done");
    assertThat(result.isCalled()).isTrue();
  }

  @Test
  void workThatFailsOrCannotBeginEndsItAsWell() {
    List<Throwable> seen = new ArrayList<>();
    Progress.during(() -> work, () -> "x", screen.screen(), clock)
        .consumeErrors(failure -> seen.add(failure.value()));
    IOException failure = new IOException();
    work.errback(failure);
    IOException refusal = new IOException();
    Progress.<String>during(
            () -> {
              throw refusal;
            },
            () -> "x",
            screen.screen(),
            clock)
        .consumeErrors(refused -> seen.add(refused.value()));
    assertThat(seen).containsExactly(failure, refusal);
    clock.advance(Duration.ofSeconds(10));
    assertThat(screen.lines()).isEmpty();
  }
}
