package dev.twine.coroutine;

import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;
import static dev.twine.coroutine.Coroutines.returnValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.sync.DeferredLock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MisuseTest {

  private static final String OUTSIDE = "await() outside a coroutine";

  private final Deferred<String> pending = new Deferred<>();

  @Test
  void awaitOutsideACoroutineSaysWhatToDo() {
    Future<String> future = new FutureTask<>(() -> "never run");

    assertThatThrownBy(() -> await(pending))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(OUTSIDE)
        .hasMessageContaining("fromCoroutine");
    assertThatThrownBy(() -> await(future)).hasMessageContaining(OUTSIDE);
    assertThatThrownBy(() -> await(new CompletableFuture<>())).hasMessageContaining(OUTSIDE);
  }

  @Test
  void awaitOnAThreadThatTheBodyStartedIsOutside() {
    Deferred<Void> done =
        fromCoroutine(
            () ->
                OtherThread.run(
                    () -> assertThatThrownBy(() -> await(pending)).hasMessageContaining(OUTSIDE)));

    assertResult(done, null);
  }

  @Test
  void awaitOfNullIsNamed() {
    assertThatThrownBy(() -> await((Deferred<String>) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("await(null)");
    assertThatThrownBy(() -> await((CompletableFuture<String>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> await((Future<String>) null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> await(pending, null)).hasMessage("type");
  }

  @Test
  void awaitOfTheCoroutinesOwnDeferredIsRefused() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> start = new Deferred<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(start);
              return await(own.get());
            });
    own.set(done);

    start.callback("go");

    assertThat(failureResultOf(done))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own Deferred");
  }

  @Test
  void awaitInsideACallbackPointsToTheLock() {
    DeferredLock lock = new DeferredLock();

    Deferred<String> done = fromCoroutine(() -> await(lock.run(() -> await(pending))));

    assertThat(failureResultOf(done))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("try (var permit = await(lock.acquire()))");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void awaitInsideACancellerIsRefused() {
    Deferred<Object> cancelled = new Deferred<>(deferred -> await(pending));

    Deferred<Void> done = fromCoroutine(cancelled::cancel);

    assertThat(failureResultOf(done)).hasMessageContaining("inside a callback");
  }

  @Test
  void awaitInsideACallbackOfWhatHasFiredIsAllowed() {
    Callable<String> body =
        () -> await(Deferred.succeed(1).addCallback(one -> await(Deferred.succeed("there"))));

    assertResult(fromCoroutine(body), "there");
    assertResult(inlineCallbacks(body).get(), "there");
  }

  @Test
  void aCoroutineStartedInsideACallbackOfABodyMayWait() {
    Deferred<String> done =
        fromCoroutine(
            () ->
                await(
                    Deferred.succeed(1).chainCallback(one -> fromCoroutine(() -> await(pending)))));

    pending.callback("there");

    assertResult(done, "there");
  }

  @Test
  void aBodyThatReturnsADeferredIsToldToAwaitIt() {
    Deferred<Deferred<String>> done = fromCoroutine(() -> pending);
    Deferred<Object> hidden = fromCoroutine((Callable<Object>) () -> pending);

    assertThat(failureResultOf(done)).hasMessageContaining("return await(deferred)");
    assertThat(failureResultOf(hidden)).hasMessageContaining("return await(deferred)");
  }

  @Test
  void returnValueOutsideOrOfADeferredIsRefused() {
    assertThatThrownBy(() -> returnValue(1)).hasMessageContaining("outside a coroutine");
    assertThat(failureResultOf(fromCoroutine((Action) () -> returnValue(pending))))
        .hasMessageContaining("return await(deferred)");
  }

  @Test
  void nullBodiesAreRefusedAndNamed() {
    assertThatThrownBy(() -> fromCoroutine((Callable<String>) null)).hasMessage("body");
    assertThatThrownBy(() -> fromCoroutine((Action) null)).hasMessage("body");
    assertThatThrownBy(() -> inlineCallbacks((Callable<String>) null)).hasMessage("body");
  }

  @Test
  void theNamesOfTheRunLoopAreRight() {
    assertThat(Deferred.class.getSuperclass().getName()).isEqualTo("dev.twine.Chain");
  }
}
