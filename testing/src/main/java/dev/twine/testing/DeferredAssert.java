package dev.twine.testing;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.Failure;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a {@link Deferred}, as it is now: none of them waits.
 *
 * <p>Looking takes nothing: a value stays where it is, and can be looked at again, unlike with
 * {@link Results#successResultOf}. Only {@link #hasFailedWith} changes something: it handles the
 * failure.
 *
 * <p>A Deferred that is unfired, running, paused, or waits for another one has no result.
 *
 * <p><b>Threads.</b> Any thread may ask; what is found out was true at some moment of the call.
 *
 * @param <T> the result of the Deferred
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this requires AssertJ himself
public final class DeferredAssert<T extends @Nullable Object>
    extends AbstractAssert<DeferredAssert<T>, Deferred<T>> {

  DeferredAssert(@Nullable Deferred<T> actual) {
    super(actual, DeferredAssert.class);
  }

  /**
   * Asserts that there is a value, and goes on with it.
   *
   * @return assertions about the value
   */
  public AbstractObjectAssert<?, T> hasFired() {
    return Assertions.<T>assertThatObject(value()).as(descriptionText());
  }

  /**
   * Asserts that there is a certain value.
   *
   * @param expected what the value has to be equal to; may be null
   * @return this
   */
  public DeferredAssert<T> hasFiredWith(@Nullable T expected) {
    T value = value();
    if (!Objects.deepEquals(value, expected)) {
      throw failureWithActualExpected(
          value,
          expected,
          "Expected%n  %s%nto have fired with%n  %s%nbut it has fired with%n  %s",
          actual,
          expected,
          value);
    }
    return this;
  }

  /**
   * Asserts that there is a failure, handles it, and goes on with its exception.
   *
   * <p>After that the Deferred has the value null, and nothing of the failure is reported. A
   * failure of another kind is handled, too: the message of the error has its traceback.
   *
   * @param kind what the exception has to be; subclasses count
   * @param <X> what the exception has to be
   * @return assertions about the exception
   */
  public <X extends Throwable> AbstractThrowableAssert<?, X> hasFailedWith(Class<X> kind) {
    return Assertions.<X>assertThat(Results.failureResultOf(present(), kind)).as(descriptionText());
  }

  /**
   * Asserts that there is no result.
   *
   * @return this
   */
  public DeferredAssert<T> hasNoResult() {
    return holds(!Results.hasResult(present().state()), "have no result");
  }

  /**
   * Asserts that a callback has returned another Deferred, which the chain waits for.
   *
   * @param other the other Deferred
   * @return this
   */
  public DeferredAssert<T> isWaitingOn(Deferred<?> other) {
    boolean waiting =
        present().state() instanceof DeferredState.Waiting<T> state && state.on() == other;
    return holds(waiting, "wait on " + other);
  }

  /**
   * Asserts that {@link Deferred#pause()} has been called more often than {@link
   * Deferred#unpause()}.
   *
   * @return this
   */
  public DeferredAssert<T> isPaused() {
    return holds(present().state().pauses() > 0, "be paused");
  }

  /**
   * Asserts that nothing has fired the Deferred.
   *
   * @return this
   */
  public DeferredAssert<T> isUnfired() {
    return holds(present().state() instanceof DeferredState.Unfired<T>, "be unfired");
  }

  private DeferredAssert<T> holds(boolean condition, String expected) {
    if (!condition) {
      throw failure("Expected%n  %s%nto %s", actual, expected);
    }
    return this;
  }

  @SuppressWarnings("NullAway") // the value of a T that may be null is a T
  private T value() {
    DeferredState<T> state = present().state();
    holds(Results.hasResult(state), "have fired");
    if (state instanceof DeferredState.Failed<T> failed) {
      Failure failure = failed.failure();
      AssertionError wrong =
          failure("Expected%n  %s%nto have fired, but:%n%s", actual, failure.getTraceback());
      wrong.initCause(failure.value());
      throw wrong;
    }
    return ((DeferredState.Value<T>) state).result();
  }

  private Deferred<T> present() {
    isNotNull();
    return actual;
  }
}
