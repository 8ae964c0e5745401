package dev.twine.testing;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.Failure;
import dev.twine.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a test wants to know of a {@link Deferred}: its result, now, without waiting.
 *
 * {@snippet class=TestingSnippets region=results lang=java}
 *
 * <p>A Deferred that is unfired, running, paused, or waits for another one has no result.
 *
 * <p>Each of these takes the result that it looks at: null remains, and a failure counts as
 * handled, whether the test goes on or fails. Nothing is left in a Deferred that has no result, so
 * it can be asked again later. To look without taking there are {@link TwineAssertions}.
 *
 * <p><b>Threads.</b> Any thread may call these, as long as no other one does something to the same
 * Deferred meanwhile.
 *
 * <p>These are Twisted's {@code trial.unittest.SynchronousTestCase.successResultOf}, {@code
 * failureResultOf}, {@code assertNoResult} and {@code flushLoggedErrors}; only there, {@code
 * successResultOf} leaves a callback behind when there is no result.
 *
 * @since 0.1
 */
public final class Results {

  private Results() {}

  /**
   * Takes the value that a Deferred has come to.
   *
   * @param deferred whose value; null remains there
   * @param <T> the value
   * @return the value
   * @throws AssertionError if there is no result, or a failure, which is handled by that and whose
   *     traceback is part of the message
   */
  public static <T extends @Nullable Object> T successResultOf(Deferred<T> deferred) {
    Outcome<T> outcome = takeFrom(deferred, "a value");
    if (outcome instanceof Outcome.Success<T> success) {
      return success.value();
    }
    throw wrong("a value", deferred, outcome);
  }

  /**
   * Takes the failure that a Deferred has come to.
   *
   * @param deferred whose failure, which is handled by that; null remains there
   * @return the failure
   * @throws AssertionError if there is no result, or a value, which is taken by that
   */
  public static Failure failureResultOf(Deferred<?> deferred) {
    return failureOf(deferred, "a failure");
  }

  /**
   * Takes the exception that a Deferred has failed with.
   *
   * @param deferred whose failure, which is handled by that; null remains there
   * @param kind what the exception has to be; subclasses count
   * @param <X> what the exception has to be
   * @return the very exception
   * @throws AssertionError if there is no result, or a value, or an exception of another kind,
   *     whose traceback is part of the message; whatever there is, is taken by that
   */
  public static <X extends Throwable> X failureResultOf(Deferred<?> deferred, Class<X> kind) {
    return kind.cast(failureOfKinds(deferred, List.of(kind)).value());
  }

  /**
   * Takes the failure that a Deferred has come to, if it is of one of some kinds.
   *
   * @param deferred whose failure, which is handled by that; null remains there
   * @param kinds what the exception may be; subclasses count, and if there are none, anything does
   * @return the failure
   * @throws AssertionError if there is no result, or a value, or an exception of another kind,
   *     whose traceback is part of the message; whatever there is, is taken by that
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static Failure failureResultOf(Deferred<?> deferred, Class<? extends Throwable>... kinds) {
    return kinds.length == 0 ? failureResultOf(deferred) : failureOfKinds(deferred, List.of(kinds));
  }

  /**
   * Makes sure that a Deferred has no result.
   *
   * <p>One that has none stays as it is, and its later result is not touched.
   *
   * @param deferred which Deferred
   * @throws AssertionError if there is a result; if it is a failure, its traceback is part of the
   *     message, and it is handled by that, so that it is not reported a second time. A value stays
   *     where it is
   */
  public static void assertNoResult(Deferred<?> deferred) {
    DeferredState<?> state = deferred.state();
    if (!hasResult(state)) {
      return;
    }
    throw wrong(
        "no result",
        deferred,
        state instanceof DeferredState.Value<?> value
            ? new Outcome.Success<@Nullable Object>(value.result())
            : takeFrom(deferred, "no result"));
  }

  /**
   * Takes the exceptions out that a test with {@link LeavesNothingBehind} has provoked: failures
   * that nobody handled, and exceptions that were reported because they had no place in any chain.
   * They don't fail the test any more.
   *
   * <p>This collects the garbage, so a failure is among them as soon as nothing refers to its
   * Deferred: not the test's variables either.
   *
   * @param kinds which exceptions; subclasses count, and if there are none, all are taken
   * @return the very exceptions, in the order in which they were reported
   * @throws IllegalStateException if the test is not watched by {@link LeavesNothingBehind}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static List<Throwable> flushLoggedErrors(Class<? extends Throwable>... kinds) {
    return Watch.current().flush(List.of(kinds));
  }

  private static Failure failureOfKinds(
      Deferred<?> deferred, List<Class<? extends Throwable>> kinds) {
    String wanted =
        kinds.stream().map(Class::getName).collect(joining(" or ", "a failure with ", ""));
    Failure failure = failureOf(deferred, wanted);
    if (kinds.stream().noneMatch(kind -> kind.isInstance(failure.value()))) {
      throw wrong(wanted, deferred, new Outcome.Failed<>(failure));
    }
    return failure;
  }

  private static Failure failureOf(Deferred<?> deferred, String wanted) {
    Outcome<?> outcome = takeFrom(deferred, wanted);
    Failure failure = outcome.failureOrNull();
    if (failure == null) {
      throw wrong(wanted, deferred, outcome);
    }
    return failure;
  }

  private static <T extends @Nullable Object> Outcome<T> takeFrom(
      Deferred<T> deferred, String wanted) {
    requireNonNull(deferred, "deferred");
    String before = deferred.toString();
    AtomicReference<@Nullable Outcome<T>> taken = new AtomicReference<>();
    if (hasResult(deferred.state())) {
      Deferred<@Nullable Void> unused =
          deferred.addBoth(
              outcome -> {
                taken.set(outcome);
                return null;
              });
    }
    Outcome<T> outcome = taken.get();
    if (outcome == null) {
      throw new AssertionError("expected " + wanted + ", but there is no result: " + before);
    }
    return outcome;
  }

  static boolean hasResult(DeferredState<?> state) {
    return state.pauses() == 0
        && (state instanceof DeferredState.Value<?> || state instanceof DeferredState.Failed<?>);
  }

  private static AssertionError wrong(String wanted, Deferred<?> deferred, Outcome<?> found) {
    String what = "expected " + wanted + " of Deferred@" + hex(deferred);
    Failure failure = found.failureOrNull();
    if (failure == null) {
      Object value = found.get();
      return new AssertionError(what + ", but it has the value " + Watch.text(value));
    }
    return new AssertionError(
        what + ", but it has failed: " + failure.getTraceback(), failure.value());
  }

  private static String hex(Object object) {
    return Integer.toHexString(System.identityHashCode(object));
  }
}
