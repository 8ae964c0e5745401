package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.Failure;
import dev.twine.Winner;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The differences from Twisted that no scenario can show: those that Twisted itself would hang in,
 * overflow or misbehave. {@code docs/differences.md} names each test.
 */
class DifferencesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What some of the tests put into the log on purpose. */
  private final LoggedExceptions logged = new LoggedExceptions();

  @BeforeEach
  void listenToTheLog() {
    logged.begin();
  }

  @AfterEach
  void leaveTheLogAlone() {
    Deferred.setDebugging(false);
    logged.end();
  }

  @Test
  void unpausingMoreOftenThanPausingIsRefused() {
    Deferred<String> deferred = new Deferred<>();
    deferred.pause();
    deferred.unpause();
    assertThatIllegalStateException().isThrownBy(deferred::unpause).withMessageContaining("pause");
    deferred.callback("still well");
    assertThat(valueOf(deferred)).isEqualTo("still well");
  }

  @Test
  void chainDeferredNeedsNoStack() throws InterruptedException {
    Deferred<String> first = new Deferred<>();
    Deferred<String> last = first;
    for (int i = 0; i < 100_000; i++) {
      Deferred<String> next = new Deferred<>();
      last.chainDeferred(next);
      last = next;
    }
    Thread small = new Thread(null, () -> first.callback("far"), "small stack", 256 * 1024);
    small.start();
    small.join();
    assertThat(valueOf(last)).isEqualTo("far");
  }

  @Test
  void aCallbackThatReturnsItsOwnDeferredFails() {
    Deferred<String> deferred = new Deferred<>();
    Deferred<String> sameAgain = deferred.chainCallback(ignored -> deferred);
    deferred.callback("");
    assertThat(failureOf(sameAgain)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLongerCycleFailsWithDebuggingOn() {
    Deferred.setDebugging(true);
    List<Deferred<String>> cycle = cycle(3);
    assertThat(failureOf(cycle.get(0))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancellingACycleEnds() {
    List<Deferred<String>> cycle = cycle(3);
    assertThatIllegalStateException()
        .isThrownBy(() -> cycle.get(0).cancel())
        .withMessageContaining("cycle");
    assertThat(cycle).allMatch(member -> member.state() instanceof DeferredState.Waiting<?>);
  }

  @Test
  void firingWithADeferredIsRefused() {
    Deferred<Object> deferred = new Deferred<>();
    Deferred<String> other = new Deferred<>();
    assertThatIllegalArgumentException().isThrownBy(() -> deferred.callback(other));
    assertThat(deferred.isCalled()).isFalse();
  }

  @Test
  void aRaceOfNothingIsRefused() {
    List<Deferred<String>> nobody = List.of();
    assertThatIllegalArgumentException().isThrownBy(() -> Deferred.race(nobody));
  }

  @Test
  void aCancellerIsNotEnteredWhileItRuns() {
    List<String> entered = new ArrayList<>();
    Deferred<String> deferred =
        new Deferred<>(
            itself -> {
              entered.add("entered");
              itself.cancel();
              entered.add("left");
            });
    deferred.cancel();
    assertThat(entered).containsExactly("entered", "left");
    assertThat(failureOf(deferred)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTimeoutSettlesItsDeferredEvenIfTheCancellerThrows() {
    UserException thrown = UserException.of("A", "canceller");
    Deferred<String> deferred =
        new Deferred<>(
            itself -> {
              throw thrown;
            });
    ManualClock clock = new ManualClock();
    Deferred<String> limited = deferred.addTimeout(SECOND, clock);
    clock.advance(SECOND);
    Throwable failure = failureOf(limited);
    assertThat(failure).isInstanceOf(TimeoutException.class);
    assertThat(failure.getSuppressed()).contains(thrown);
  }

  @Test
  void aRaceFiresEvenIfTheCancellerOfALoserThrows() {
    UserException thrown = UserException.of("A", "canceller");
    Deferred<String> loser =
        new Deferred<>(
            itself -> {
              throw thrown;
            });
    Deferred<String> winner = new Deferred<>();
    Deferred<Winner<String>> race = Deferred.race(List.of(loser, winner));
    winner.callback("first");
    assertThat(valueOf(race)).isEqualTo(new Winner<>(1, "first"));
    assertThat(logged.exceptions()).containsOnlyOnce(thrown);
  }

  @Test
  void aFailureThatComesAfterTheRaceWasCancelledIsIgnored() {
    Deferred<String> member = new Deferred<>();
    member.pause();
    Deferred<Winner<String>> race = Deferred.race(List.of(member));
    race.cancel();
    assertThat(failureOf(race)).isInstanceOf(CancellationException.class);
    member.unpause();
    assertThat(valueOf(member)).isNull();
  }

  /** Deferreds each of which waits for the next one, the last one for the first. */
  private static List<Deferred<String>> cycle(int length) {
    List<Deferred<String>> members = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      members.add(new Deferred<>());
    }
    for (int i = 0; i < length; i++) {
      Deferred<String> next = members.get((i + 1) % length);
      members.set(i, members.get(i).chainCallback(ignored -> next));
    }
    members.forEach(member -> member.callback(""));
    return members;
  }

  private static <T> T valueOf(Deferred<T> deferred) {
    assertThat(deferred.state()).isInstanceOf(DeferredState.Value.class);
    return ((DeferredState.Value<T>) deferred.state()).result();
  }

  /** The exception that a Deferred has failed with, which is handled by this. */
  private static Throwable failureOf(Deferred<?> deferred) {
    List<Throwable> failures = new ArrayList<>();
    deferred.consumeErrors((Failure failure) -> failures.add(failure.value()));
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }
}
