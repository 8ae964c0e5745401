package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** What a test wants to know of a Deferred: its result, now, without waiting. */
public final class Results {

  private Results() {}

  /** The value, which stays where it is. */
  public static <T> T successResultOf(Deferred<T> deferred) {
    DeferredState<T> state = deferred.state();
    assertThat(state).isInstanceOf(DeferredState.Value.class);
    return ((DeferredState.Value<T>) state).result();
  }

  /** The exception, which is handled. */
  public static Throwable failureResultOf(Deferred<?> deferred) {
    return failureOf(deferred).value();
  }

  /** The failure, which is handled. */
  public static Failure failureOf(Deferred<?> deferred) {
    DeferredState<?> state = deferred.state();
    assertThat(state).isInstanceOf(DeferredState.Failed.class);
    deferred.consumeErrors(handled -> {});
    return ((DeferredState.Failed<?>) state).failure();
  }

  public static void assertResult(Deferred<?> deferred, @Nullable Object value) {
    assertThat(Results.<Object>successResultOf(Deferred.widen(deferred))).isEqualTo(value);
  }

  public static void assertFailure(Deferred<?> deferred, Throwable thrown) {
    assertThat(failureResultOf(deferred)).isSameAs(thrown);
  }

  public static void assertNoResult(Deferred<?> deferred) {
    assertThat(deferred.state())
        .isNotInstanceOfAny(DeferredState.Value.class, DeferredState.Failed.class);
  }

  /** Throws anything where a value is wanted. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
  public static <R> R raise(Throwable thrown) {
    return new Failure(thrown).raise();
  }

  public static void assertTaken(Deferred<?> deferred) {
    assertThat(deferred.state()).isEqualTo(new DeferredState.Value<>(null, true, 0));
  }
}
