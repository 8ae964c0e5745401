package dev.twine;

import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code state()} and {@code toString()}: looking without touching. */
class DeferredStateTest {

  private final Exception boom = new Exception("boom");

  @Test
  void everyStateIsSeenAndHasAText() {
    Deferred<String> d = new Deferred<>();
    assertSeen(d, new DeferredState.Unfired<>(0), "[unfired]");
    d.pause();
    assertSeen(d, new DeferredState.Unfired<>(1), "[unfired, paused 1]");
    d.callback("x");
    assertSeen(d, new DeferredState.Value<>("x", false, 1), "[value: java.lang.String, paused 1]");
    d.unpause();
    assertSeen(d, new DeferredState.Value<>("x", false, 0), "[value: java.lang.String]");
  }

  @Test
  void aFailureIsSeen() {
    Failure failure = new Failure(boom);
    Deferred<String> d = Deferred.fail(failure);
    assertSeen(d, new DeferredState.Failed<>(failure, 0), "[failed: java.lang.Exception]");
    d.pause();
    assertSeen(
        d, new DeferredState.Failed<>(failure, 1), "[failed: java.lang.Exception, paused 1]");
    d.unpause();
    assertThat(failureOf(d)).isSameAs(failure);
  }

  @Test
  void nullAndATakenResultAreToldApart() {
    Deferred<@Nullable String> nothing = Deferred.succeed(null);
    Deferred<String> taken = Deferred.succeed("x");
    assertResult(Deferred.succeed("y").chainCallback(v -> taken), "x");

    assertSeen(nothing, new DeferredState.Value<>(null, false, 0), "[value: null]");
    assertSeen(taken, new DeferredState.Value<>(null, true, 0), "[value: taken]");
  }

  @Test
  void aWaitingOneIsSeenWithWhatItWaitsFor() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    String on = "[waiting on Deferred@" + Integer.toHexString(System.identityHashCode(inner));
    assertSeen(outer, new DeferredState.Waiting<>(inner, 0), on + "]");
    outer.pause();

    assertSeen(outer, new DeferredState.Waiting<>(inner, 1), on + ", paused 1]");
  }

  @Test
  void aRunningOneIsSeenFromInside() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
            v -> {
              assertSeen(d, new DeferredState.Running<>(0), "[running]");
              d.pause();
              assertSeen(d, new DeferredState.Running<>(1), "[running, paused 1]");
              d.unpause();
            })
        .callback("x");

    assertResult(d, "x");
  }

  @Test
  void lookingChangesNothing() {
    Failure failure = new Failure(boom);
    Deferred<String> d = Deferred.fail(failure);
    Object before = d.stateAcquire();
    assertThat(d.state()).isEqualTo(d.state());
    assertThat(d.toString()).isEqualTo(d.toString());

    assertThat(d.stateAcquire()).isSameAs(before);
    assertThat(failureOf(d)).isSameAs(failure);
  }

  @Test
  void theTextRunsNoCodeOfAUsers() {
    Object unprintable =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("not asked for");
          }
        };

    assertThat(Deferred.succeed(unprintable).toString())
        .endsWith("[value: " + unprintable.getClass().getName() + "]");
  }

  private static <T> void assertSeen(Deferred<T> d, DeferredState<?> state, String text) {
    assertThat(d.state()).isEqualTo(state);
    assertThat(d.state().pauses()).isEqualTo(state.pauses());
    assertThat(d.toString())
        .isEqualTo("Deferred@" + Integer.toHexString(System.identityHashCode(d)) + text);
  }
}
