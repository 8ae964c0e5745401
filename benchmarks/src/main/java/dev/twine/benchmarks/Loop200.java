package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.trane.future.Future;
import io.trane.future.Tailrec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Two hundred steps, each of which gives one that has fired, one after the other.
 *
 * <p>Each loop is over one of ten suppliers of steps, so that the compiler can't see what a step
 * gives.
 */
public class Loop200 extends Row {

  public static class Plain extends Loop200 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  private static final int COUNT = 200;

  private final DeferredCallable<Boolean>[] twine =
      Steps.array(
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()),
          () -> Deferred.succeed(step()));

  private final Supplier<CompletableFuture<Boolean>>[] completableFuture =
      Steps.array(
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()),
          () -> CompletableFuture.completedFuture(step()));

  private final Supplier<Future<Boolean>>[] trane =
      Steps.array(
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()),
          () -> Future.value(step()));

  private final io.reactivex.rxjava3.functions.Supplier<Single<Boolean>>[] rxjava =
      Steps.array(
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()),
          () -> Single.just(step()));

  private final Supplier<com.stumbleupon.async.Deferred<Boolean>>[] stumbleupon =
      Steps.array(
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()),
          () -> com.stumbleupon.async.Deferred.fromResult(step()));

  private final Supplier<LoopFloor.Step>[] floor =
      Steps.array(
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()),
          () -> new LoopFloor.Step(step()));

  private int steps;
  private int loops;

  @Override
  int expected() {
    return COUNT;
  }

  @Override
  void requireResult(Object fired, @Nullable Object ended) throws Exception {
    Object expected =
        ended instanceof Deferred ? null : ended instanceof Disposable ? (Object) COUNT : false;
    require(expected, Results.of(fired, ended), "the result");
  }

  /** The work of a step; tells whether there are more. */
  private boolean step() {
    int next = steps + 1;
    steps = next;
    return next < COUNT;
  }

  /** Which of the ten it is this time. */
  private int loop() {
    int next = loops == 9 ? 0 : loops + 1;
    loops = next;
    steps = 0;
    return next;
  }

  private void end(Object end) {
    Steps.kept = steps;
    escape(end, end);
  }

  @Benchmark
  public void twine() {
    end(Deferred.loop(twine[loop()]));
  }

  /** There is no loop but recursion, which needs so much more stack for each step. */
  private record CompletableLoop(Supplier<CompletableFuture<Boolean>> steps)
      implements Function<Boolean, CompletableFuture<Boolean>> {

    @Override
    public CompletableFuture<Boolean> apply(Boolean more) {
      return more ? steps.get().thenCompose(this) : CompletableFuture.completedFuture(false);
    }
  }

  @Benchmark
  public void completableFuture() {
    end(new CompletableLoop(completableFuture[loop()]).apply(true));
  }

  /** The library's way to recurse without a stack. */
  private record TraneLoop(Supplier<Future<Boolean>> steps)
      implements Supplier<Future<Boolean>>, Function<Boolean, Future<Boolean>> {

    @Override
    public Future<Boolean> get() {
      return steps.get().flatMap(this);
    }

    @Override
    public Future<Boolean> apply(Boolean more) {
      return more ? Tailrec.apply(this) : Future.FALSE;
    }
  }

  @Benchmark
  public void trane() {
    end(new TraneLoop(trane[loop()]).apply(true));
  }

  @Benchmark
  public void rxjava() {
    end(Single.defer(rxjava[loop()]).repeat().takeWhile(more -> more).ignoreElements().subscribe());
  }

  /** Recursion here as well. */
  private record StumbleuponLoop(Supplier<com.stumbleupon.async.Deferred<Boolean>> steps)
      implements com.stumbleupon.async.Callback<com.stumbleupon.async.Deferred<Boolean>, Boolean> {

    @Override
    public com.stumbleupon.async.Deferred<Boolean> call(Boolean more) {
      return more
          ? steps.get().addCallbackDeferring(this)
          : com.stumbleupon.async.Deferred.fromResult(false);
    }
  }

  @Benchmark
  public void stumbleupon() {
    end(new StumbleuponLoop(stumbleupon[loop()]).call(true));
  }

  @Benchmark
  public void floor() {
    end(new LoopFloor(floor[loop()]));
  }
}
