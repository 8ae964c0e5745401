package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Null where it is not allowed: refused by name, and the Deferred is as it was. */
class BadInputTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Deferred<String> d = new Deferred<>();
  private final ManualClock clock = new ManualClock();

  @Test
  void makingRefusesNull() {
    assertRefused("canceller", () -> new Deferred<>((Effect<Deferred<String>>) null));
    assertRefused("value", () -> Deferred.fail((Throwable) null));
    assertRefused("failure", () -> Deferred.fail((Failure) null));
    assertRefused("body", () -> Deferred.execute((Callable<String>) null));
    assertRefused("body", () -> Deferred.execute((Action) null));
    assertRefused("body", () -> Deferred.maybeDeferred((Callable<String>) null));
    assertRefused("body", () -> Deferred.maybeDeferred((DeferredCallable<String>) null));
    assertRefused("body", () -> Deferred.maybeDeferred((Action) null));
    assertRefused("start", () -> Deferred.<String>create(null));
    assertRefused("stage", () -> Deferred.<String>from(null));
    assertRefused("step", () -> Deferred.loop(null));
  }

  @Test
  void firingRefusesNullAndLeavesTheDeferredUnfired() {
    assertRefused("thrown", () -> d.errback((Throwable) null));
    assertRefused("failure", () -> d.errback((Failure) null));
    assertThat(d.stateAcquire()).isNull();
  }

  @Test
  void addingRefusesNullAndAddsNothing() {
    Callback<Object, String> good = v -> "";
    Callback<Object, Deferred<String>> goodDeferred = v -> new Deferred<>();
    assertRefused("callback", () -> assertThat(d.addCallback(null)).isNull());
    assertRefused("callback", () -> assertThat(d.chainCallback(null)).isNull());
    assertRefused("callback", () -> assertThat(d.addCallbacks(null, good)).isNull());
    assertRefused("back", () -> assertThat(d.addCallbacks(good, null)).isNull());
    assertRefused("callback", () -> assertThat(d.chainCallbacks(null, goodDeferred)).isNull());
    assertRefused("back", () -> assertThat(d.chainCallbacks(goodDeferred, null)).isNull());
    assertRefused("callback", () -> assertThat(d.addBoth(null)).isNull());
    assertRefused("callback", () -> assertThat(d.chainBoth(null)).isNull());
    assertRefused("back", () -> d.addErrback(null));
    assertRefused("type", () -> d.addErrback((Class<IOException>) null, good));
    assertRefused("errback", () -> d.addErrback(IOException.class, null));
    assertRefused("back", () -> d.chainErrback(null));
    assertRefused("type", () -> d.chainErrback((Class<IOException>) null, goodDeferred));
    assertRefused("errback", () -> d.chainErrback(IOException.class, null));
    assertRefused("effect", () -> d.consumeErrors(null));
    assertRefused("type", () -> d.consumeErrors((Class<IOException>) null, e -> {}));
    assertRefused("effect", () -> d.consumeErrors(IOException.class, null));
    assertRefused("effect", () -> d.onSuccess(null));
    assertRefused("effect", () -> d.onFailure(null));
    assertRefused("type", () -> d.onFailure((Class<IOException>) null, e -> {}));
    assertRefused("effect", () -> d.onFailure(IOException.class, null));
    assertRefused("effect", () -> d.onEither((Effect<Outcome<String>>) null));
    assertRefused("action", () -> d.onEither((Action) null));
    assertRefused("executor", () -> d.continueOn(null));
    assertRefused("other", () -> d.chainDeferred(null));
    assertThat(d.stateAcquire()).isNull();
  }

  @Test
  void timeoutsRefuseNullAndSetNoTimer() {
    assertRefused("timeout", () -> d.addTimeout(null, clock));
    assertRefused("scheduler", () -> d.addTimeout(SECOND, null));
    assertRefused("timeout", () -> d.addTimeout(null, clock, (outcome, time) -> ""));
    assertRefused("scheduler", () -> d.addTimeout(SECOND, null, (outcome, time) -> ""));
    assertRefused("onTimeoutCancel", () -> d.addTimeout(SECOND, clock, null));
    assertRefused("timeout", () -> d.get(null));
    assertThat(d.stateAcquire()).isNull();
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void listsRefuseNullAndTouchNoMember() {
    List<Deferred<String>> withNull = Arrays.asList(d, null);
    assertRefused("member", () -> Deferred.gatherResults(withNull));
    assertRefused("member", () -> DeferredList.of(withNull));
    assertRefused("member", () -> DeferredList.first(withNull));
    assertRefused("member", () -> Deferred.race(withNull));
    assertRefused("options", () -> DeferredList.of(List.of(d), (DeferredList.Option[]) null));
    assertRefused("combine", () -> Deferred.gatherResults(d, d, null));
    assertRefused("combine", () -> Deferred.gatherResults(d, d, d, null));
    assertThat(d.stateAcquire()).isNull();
  }

  private static void assertRefused(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(name);
  }
}
