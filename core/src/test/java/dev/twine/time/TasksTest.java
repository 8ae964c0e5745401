package dev.twine.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Action;
import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TasksTest {

  private static final Duration DELAY = Duration.ofSeconds(3);

  private final ManualClock clock = new ManualClock();
  private final List<Object> steps = new ArrayList<>();

  @Test
  void withoutABodyTheResultIsNullWhenTheTimeHasPassed() throws Throwable {
    Deferred<Void> waited = Tasks.deferLater(clock, DELAY);

    clock.advance(DELAY.minusNanos(1));
    assertThat(waited.isCalled()).isFalse();
    clock.advance(Duration.ofNanos(1));

    assertThat(waited.get()).isNull();
  }

  @Test
  void theValueOfTheBodyIsTheResult() throws Throwable {
    Deferred<String> later = Tasks.deferLater(clock, DELAY, () -> "value");
    assertThat(later.isCalled()).isFalse();

    clock.advance(DELAY);

    assertThat(later.get()).isEqualTo("value");
  }

  @Test
  void anExceptionFromTheBodyIsTheResult() {
    IOException thrown = new IOException("from the body");
    Deferred<String> later =
        Tasks.deferLater(
            clock,
            DELAY,
            () -> {
              if (steps.isEmpty()) {
                throw thrown;
              }
              return "value";
            });

    clock.advance(DELAY);

    assertThatThrownBy(later::get).isSameAs(thrown);
  }

  @Test
  void anActionHasTheResultNull() throws Throwable {
    Deferred<Void> later = Tasks.deferLater(clock, DELAY, () -> steps.clear());
    steps.add("to be cleared");

    clock.advance(DELAY);

    assertThat(later.get()).isNull();
    assertThat(steps).isEmpty();
  }

  @Test
  void anExceptionFromAnActionIsTheResult() {
    IOException thrown = new IOException("from the action");
    Deferred<Void> later =
        Tasks.deferLater(
            clock,
            DELAY,
            () -> {
              if (steps.isEmpty()) {
                throw thrown;
              }
            });

    clock.advance(DELAY);

    assertThatThrownBy(later::get).isSameAs(thrown);
  }

  @Test
  void theResultWaitsForADeferredFromTheBody() throws Throwable {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> later = Tasks.deferLater(clock, DELAY, () -> inner);
    List<String> seen = new ArrayList<>();
    later.onSuccess(seen::add);
    clock.advance(DELAY);
    assertThat(seen).isEmpty();

    inner.callback("inner value");

    assertThat(seen).containsExactly("inner value");
  }

  @Test
  void nullInPlaceOfADeferredIsTheResultNull() throws Throwable {
    Deferred<String> later =
        Tasks.deferLater(
            clock,
            DELAY,
            () -> {
              steps.add("called");
              return (Deferred<String>) null;
            });

    clock.advance(DELAY);

    assertThat(later.get()).isNull();
    assertThat(steps).containsExactly("called");
  }

  @Test
  void cancellingTakesBackTheTimer() {
    Deferred<Boolean> later = Tasks.deferLater(clock, DELAY, () -> steps.add("called"));

    later.cancel();

    assertThat(clock.pendingCalls()).isEmpty();
    clock.advance(DELAY);
    assertThat(steps).isEmpty();
    assertThatThrownBy(later::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingWithoutABodyTakesBackTheTimerToo() {
    Deferred<Void> later = Tasks.deferLater(clock, DELAY);

    later.cancel();

    assertThat(clock.pendingCalls()).isEmpty();
    assertThatThrownBy(later::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void afterTheTimeACancelGoesToTheDeferredOfTheBody() {
    Deferred<String> inner = new Deferred<>(cancelled -> steps.add("inner cancelled"));
    Deferred<String> later = Tasks.deferLater(clock, DELAY, () -> inner);
    clock.advance(DELAY);

    later.cancel();

    assertThat(steps).containsExactly("inner cancelled");
    assertThatThrownBy(later::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void evenAZeroDelayWaitsForTheScheduler() throws Throwable {
    Deferred<String> later = Tasks.deferLater(clock, Duration.ZERO, () -> "value");
    assertThat(later.isCalled()).isFalse();

    clock.advance(Duration.ZERO);

    assertThat(later.get()).isEqualTo("value");
  }

  @Test
  void aTimerThatComesTooLateForACancelIsSilent() {
    LateScheduler late = new LateScheduler();
    Deferred<Boolean> later = Tasks.deferLater(late, DELAY, () -> steps.add("called"));
    later.cancel();

    late.call.run();

    assertThat(steps).isEmpty();
    assertThatThrownBy(later::get).isInstanceOf(CancellationException.class);
  }

  @Test
  void whoFiresTheResultHimselfHearsOfIt() {
    LateScheduler late = new LateScheduler();
    Deferred<Void> later = Tasks.deferLater(late, DELAY);
    later.callback(null);

    assertThatThrownBy(() -> late.call.run()).isInstanceOf(AlreadyCalledException.class);
  }

  @Test
  void aBodyMayBeCalledBeforeDeferLaterReturns() throws Throwable {
    Scheduler eager =
        new LateScheduler() {
          @Override
          public DelayedCall callLater(Duration delay, Runnable timed) {
            timed.run();
            return super.callLater(delay, timed);
          }
        };

    Deferred<String> later = Tasks.deferLater(eager, DELAY, () -> "value");

    assertThat(later.get()).isEqualTo("value");
  }

  @Test
  void aNegativeDelayIsRefusedAndNamed() {
    assertThatThrownBy(() -> Tasks.deferLater(clock, Duration.ofSeconds(-1), () -> "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative but is PT-1S");
  }

  @Test
  void nullIsRefusedAndNamed() {
    assertThatThrownBy(() -> Tasks.deferLater(null, DELAY))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("scheduler");
    assertThatThrownBy(() -> Tasks.deferLater(clock, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("delay");
    assertThatThrownBy(() -> Tasks.deferLater(clock, DELAY, (Action) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("body");
    assertThat(clock.pendingCalls()).isEmpty();
  }

  /** The timer fires on one thread while another one cancels: one of them wins, in silence. */
  @Test
  @Tag("race")
  void aCancelAndTheTimerSettleTheResultOnce() throws Throwable {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work);
              thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
              return thread;
            });
    AtomicInteger called = new AtomicInteger();
    AtomicInteger cancelled = new AtomicInteger();
    int rounds = 20_000;
    try {
      Scheduler scheduler = Scheduler.of(executor);
      for (int round = 0; round < rounds; round++) {
        Deferred<Integer> later =
            Tasks.deferLater(scheduler, Duration.ofNanos(round % 50_000), called::incrementAndGet);
        later.cancel();
        later.addErrback(CancellationException.class, failure -> cancelled.incrementAndGet());
        assertThat(later.get(Duration.ofSeconds(30))).isPositive();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(30, SECONDS)).isTrue();

    assertThat(uncaught).isEmpty();
    assertThat(called.get() + cancelled.get()).isEqualTo(rounds);
  }

  /** A scheduler whose call is on its way already when it is cancelled. */
  private static class LateScheduler implements Scheduler {

    private Runnable call;

    @Override
    public Duration now() {
      return Duration.ZERO;
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable timed) {
      call = timed;
      return new DelayedCall() {
        @Override
        public boolean cancel() {
          return false;
        }

        @Override
        public boolean isActive() {
          return false;
        }

        @Override
        public void reset(Duration by) {
          throw new IllegalStateException();
        }

        @Override
        public void delay(Duration by) {
          throw new IllegalStateException();
        }
      };
    }
  }
}
