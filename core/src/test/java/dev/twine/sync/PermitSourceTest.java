package dev.twine.sync;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code run} does, seen from a lock. */
class PermitSourceTest {

  private final DeferredLock lock = new DeferredLock();
  private final List<Object> steps = new ArrayList<>();

  @AfterEach
  void debuggingIsOffAgain() {
    Deferred.setDebugging(false);
  }

  @Test
  void theValueOfTheBodyIsTheResultAndThePermitIsBack() {
    Deferred<Boolean> ran = lock.run(() -> lock.isLocked());

    assertResult(ran, true);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void anActionGivesNull() {
    assertResult(lock.run(() -> steps.add("ran")), true);
    Action action = () -> steps.add("acted");
    assertResult(lock.run(action), null);
    assertThat(steps).containsExactly("ran", "acted");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void anExceptionFromTheBodyIsTheResultAndThePermitIsBack() {
    IOException thrown = new IOException();

    assertFailure(
        lock.run(
            () -> {
              if (steps.isEmpty()) {
                throw thrown;
              }
              return "never";
            }),
        thrown);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void thePermitIsHeldUntilTheBodysDeferredFires() {
    Deferred<String> body = new Deferred<>();
    Deferred<String> ran = lock.run(() -> body);
    assertThat(lock.isLocked()).isTrue();
    assertNoResult(ran);

    body.callback("value");

    assertResult(ran, "value");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aFailureOfTheBodysDeferredIsTheResultAndThePermitIsBack() {
    IOException thrown = new IOException();

    assertFailure(lock.run(() -> Deferred.<String>fail(thrown)), thrown);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void nullInPlaceOfADeferredIsTheResultNull() {
    DeferredCallable<String> nothing = () -> null;

    assertResult(lock.run(nothing), null);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void thePermitIsBackBeforeCallbacksOfTheResultRun() {
    Deferred<String> body = new Deferred<>();
    lock.run(() -> body).onSuccess(value -> steps.add("result"));
    lock.acquire().onSuccess(permit -> steps.add("next"));

    body.callback("value");

    assertThat(steps).containsExactly("next", "result");
  }

  @Test
  void whileItWaitsACancelMeansTheBodyIsNeverCalled() {
    lock.acquire();
    Deferred<Object> ran = lock.run(() -> steps.add("never"));

    ran.cancel();
    assertThat(failureResultOf(ran)).isInstanceOf(CancellationException.class);
    lock.release();

    assertThat(steps).isEmpty();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void whileTheBodysDeferredIsPendingACancelCancelsThatAndThenGivesThePermitBack() {
    Deferred<String> body = new Deferred<>(deferred -> steps.add(lock.isLocked()));
    Deferred<String> ran = lock.run(() -> body);

    ran.cancel();

    assertThat(steps).containsExactly(true);
    assertThat(failureResultOf(ran)).isInstanceOf(CancellationException.class);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void ifThePermitWasGivenBackMeanwhileTheResultSaysSo() {
    Deferred<String> body = new Deferred<>();
    Deferred<String> ran = lock.run(() -> body);

    lock.release();
    body.callback("value");

    assertThat(failureResultOf(ran))
        .isInstanceOf(NotHeldException.class)
        .hasMessage("the permit of run() was given back before the body's result");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void oneReleaseTooManyIsTakenFromWhoeverIsNext() {
    Deferred<String> body = new Deferred<>();
    Deferred<String> ran = lock.run(() -> body);
    Deferred<Permit> next = lock.acquire();
    Deferred<Permit> third = lock.acquire();

    lock.release();
    assertThat(next.isCalled()).isTrue();
    body.callback("value");

    assertResult(ran, "value");
    assertThat(third.isCalled()).as("as in Twisted").isTrue();
    successResultOf(next).close();
    assertThat(lock.isLocked()).as("by the third, whose permit is his").isTrue();
  }

  @Test
  void thenAFailureOfTheBodyIsNotLost() {
    Deferred<String> body = new Deferred<>();
    IOException thrown = new IOException();
    Deferred<String> ran = lock.run(() -> body);

    lock.release();
    body.errback(thrown);

    assertThat(failureResultOf(ran))
        .isInstanceOf(NotHeldException.class)
        .hasSuppressedException(thrown);
  }

  @Test
  void aRunCanHaveAName() {
    Deferred<String> body = new Deferred<>();
    Callable<String> value = () -> "value";
    Action action = () -> steps.add("acted");

    lock.run("first", () -> body);
    Deferred<String> second = lock.run("second", value);
    lock.run("third", action);
    assertThat(lock.holders()).extracting(Claimant::name).containsExactly("first");
    assertThat(lock.waiters()).extracting(Claimant::name).containsExactly("second", "third");

    body.callback("over");
    assertResult(second, "value");
    assertThat(steps).containsExactly("acted");
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  void withoutABodyOrANameThePermitIsNotAskedFor() {
    assertThatThrownBy(() -> lock.run((Action) null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> lock.run((Callable<String>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> lock.run((DeferredCallable<String>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> lock.run(null, () -> "value"))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> lock.acquire(null)).isInstanceOf(NullPointerException.class);

    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void anybodysPermitsCanBeRunWith() {
    PermitSource elsewhere =
        new PermitSource() {

          @Override
          public Deferred<Permit> acquire() {
            steps.add("lease");
            return Deferred.succeed(() -> steps.add("returned"));
          }

          @Override
          public Deferred<Permit> acquire(String name) {
            return acquire();
          }

          @Override
          public List<Claimant> holders() {
            return List.of();
          }

          @Override
          public List<Claimant> waiters() {
            return List.of();
          }
        };

    assertResult(elsewhere.run(() -> "value"), "value");

    assertThat(steps).containsExactly("lease", "returned");
  }

  @Test
  void withDebuggingOnABodyThatWaitsForItsOwnLockFails() {
    Deferred.setDebugging(true);

    Deferred<String> outer = lock.run(() -> lock.run(() -> "never"));

    assertThat(failureResultOf(outer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("for ever")
        .hasMessageContaining("withDebuggingOnABodyThatWaitsForItsOwnLockFails");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void withDebuggingOnItFailsAlsoIfItComesToWaitLaterAndThroughOthers() {
    Deferred.setDebugging(true);
    Deferred<String> answer = new Deferred<>();
    Deferred<String> outer =
        lock.run(() -> answer.chainCallback(value -> inner().addCallback(String::trim)));
    assertNoResult(outer);

    answer.callback("go on");

    assertThat(failureResultOf(outer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(".inner(")
        .hasMessageContaining("withDebuggingOnItFailsAlsoIfItComesToWaitLaterAndThroughOthers");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void withDebuggingOnABodyThatWaitsToAcquireItsOwnLockFailsAndTheLockIsFree() {
    Deferred.setDebugging(true);

    Deferred<Permit> outer =
        lock.run(() -> Deferred.succeed("x").chainCallback(value -> lock.acquire()));

    assertThat(failureResultOf(outer)).isInstanceOf(IllegalStateException.class);
    assertThat(lock.isLocked()).isFalse();
    assertThat(lock.waiters()).isEmpty();
  }

  @Test
  void withDebuggingOnNothingIsLeftInTheQueueWhereverTheCircleCloses() {
    Deferred.setDebugging(true);
    Deferred<String> go = new Deferred<>();
    Deferred<Permit> outer = lock.run(() -> go.chainCallback(value -> lock.acquire()));

    go.callback("on");

    assertThat(failureResultOf(outer)).isInstanceOf(IllegalStateException.class);
    assertThat(lock.isLocked()).isFalse();
    assertThat(lock.waiters()).isEmpty();
  }

  @Test
  void withDebuggingOnTheInnerBodyOfACircleIsNeverCalled() {
    Deferred.setDebugging(true);

    Deferred<Object> outer = lock.run(() -> lock.run(() -> steps.add("inner")));

    assertThat(failureResultOf(outer)).isInstanceOf(IllegalStateException.class);
    assertThat(steps).isEmpty();
  }

  @Test
  void aFailureThatPassesDoesNotInterruptTheThread() {
    Deferred<String> body = new Deferred<>();
    Deferred<String> ran = lock.run(() -> body);

    body.errback(new InterruptedException());

    assertThat(Thread.interrupted()).isFalse();
    assertThat(failureResultOf(ran)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aPermitThatItsHolderHasClosedIsNotTakenFromSomebodyElse() {
    List<Permit> given = new ArrayList<>();
    PermitSource lease = leasing(given);
    Deferred<String> body = new Deferred<>();
    Deferred<String> ran = lease.run(() -> body);

    given.get(0).close();
    lock.acquire();
    body.callback("value");

    assertResult(ran, "value");
    assertThat(lock.isLocked()).isTrue();
  }

  private PermitSource leasing(List<Permit> given) {
    return new PermitSource() {

      @Override
      public Deferred<Permit> acquire() {
        return lock.acquire().onSuccess(given::add);
      }

      @Override
      public Deferred<Permit> acquire(String name) {
        return acquire();
      }

      @Override
      public List<Claimant> holders() {
        return lock.holders();
      }

      @Override
      public List<Claimant> waiters() {
        return lock.waiters();
      }
    };
  }

  private Deferred<String> inner() {
    return lock.run(() -> "inner");
  }

  @Test
  void withDebuggingOnACircleThroughTwoLocksFails() {
    Deferred.setDebugging(true);
    DeferredLock other = new DeferredLock();
    Deferred<String> go = new Deferred<>();
    Deferred<String> first = lock.run(() -> go.chainCallback(v -> other.run(() -> "first")));
    Deferred<String> second = other.run(() -> lock.run(() -> "second"));
    assertNoResult(second);

    go.callback("on");

    assertThat(failureResultOf(first)).isInstanceOf(IllegalStateException.class);
    assertResult(second, "second");
  }

  @Test
  void withDebuggingOnWhoWaitsForSomebodyElseIsLeftAlone() {
    Deferred.setDebugging(true);
    DeferredSemaphore two = new DeferredSemaphore(2);
    Deferred<String> body = new Deferred<>();
    two.run(() -> body);
    Deferred<String> outer = two.run(() -> two.run(() -> "when the other is through"));
    assertNoResult(outer);

    body.callback("over");

    assertResult(outer, "when the other is through");
  }

  @Test
  void withDebuggingOffNothingIsChecked() {
    Deferred<String> outer = lock.run(() -> lock.run(() -> "never"));

    assertNoResult(outer);
    outer.cancel();
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
    assertThat(lock.isLocked()).isFalse();
  }
}
