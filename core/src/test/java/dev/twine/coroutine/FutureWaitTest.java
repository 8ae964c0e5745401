package dev.twine.coroutine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FutureWaitTest {

  @Test
  void aFutureThatIsDoneNeedsNoThread() {
    FutureTask<String> done = new FutureTask<>(() -> "there");
    done.run();

    assertResult(fromCoroutine(() -> await(done)), "there");
    assertThat(await(done)).isEqualTo("there");
  }

  @Test
  void aFutureThatIsNotDoneIsWaitedForOnAnotherThread() throws Exception {
    FutureTask<String> future = new FutureTask<>(() -> "there");
    CountDownLatch ended = new CountDownLatch(1);
    Deferred<String> result = fromCoroutine(() -> await(future));
    result.onEither(ended::countDown);

    assertNoResult(result);
    future.run();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(result.get()).isEqualTo("there");
  }

  @Test
  void whatItFailedWithIsThrownItself() {
    IOException thrown = new IOException();
    FutureTask<String> failed =
        new FutureTask<>(
            () -> {
              throw thrown;
            });
    failed.run();

    assertFailure(fromCoroutine(() -> await(failed)), thrown);
  }

  @Test
  void aFutureOfADeferredIsRefused() {
    FutureTask<Object> future = new FutureTask<>(Deferred::new);
    Deferred<Object> result = fromCoroutine(() -> await(future));

    future.run();

    assertThatIllegalArgumentException().isThrownBy(() -> result.get(Duration.ofSeconds(10)));
  }

  @Test
  void insideACallbackNothingIsBegunForIt() {
    FutureTask<String> future = new FutureTask<>(() -> "never run");

    Deferred<String> result =
        fromCoroutine(() -> await(Deferred.succeed(1).addCallback(one -> await(future))));

    assertThat(failureResultOf(result)).hasMessageContaining("inside a callback");
  }

  @Test
  void cancellingTheCoroutineCancelsTheFuture() {
    FutureTask<String> future = new FutureTask<>(() -> "never run");
    Deferred<String> result = fromCoroutine(() -> await(future));

    result.cancel();

    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(() -> result.get(Duration.ofSeconds(10))) // perhaps on the waiting thread
        .isInstanceOf(CancellationException.class);
  }
}
