package dev.twine.benchmarks;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Failure;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Consumer;
import io.trane.future.Future;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The callbacks of all rows. Each lambda here is a class of its own, so ten callbacks are ten
 * classes, for everybody; nobody's call sites can be guessed by the compiler.
 *
 * <p>A value is a small Integer, which is never allocated. Each callback adds one to it, and the
 * last one keeps it, so that the number tells at the end whether all have run.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // making one would take longer than most rows
final class Steps {

  /** The length of the arrays of values; a row of fewer callbacks takes the last ones. */
  static final int MOST = 100;

  static final Integer ONE = 1;

  /** What a row fails with; without a stack trace, which would cost more than anything else. */
  static final RuntimeException FAILURE = new StacklessException("on purpose");

  /** What trane is interrupted with. */
  static final RuntimeException CANCELLED = new StacklessException("cancelled");

  /** What the last callback got: not a reference, as storing one costs more than some rows. */
  static int kept;

  private Steps() {}

  static Integer next(Integer value) {
    return value + 1;
  }

  static Integer last(Integer value) {
    int next = value + 1;
    kept = next;
    return next;
  }

  private static Integer failing() {
    throw FAILURE;
  }

  private static Integer recovered() {
    kept = 1;
    return ONE;
  }

  /** Repeats nine callbacks as often as it takes, and puts one at the end. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private static <F> F[] repeated(F last, F... nine) {
    F[] all = Arrays.copyOf(nine, MOST);
    for (int i = 0; i < MOST; i++) {
      all[i] = nine[i % nine.length];
    }
    all[MOST - 1] = last;
    return all;
  }

  /** The callbacks, as they are. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only this class and the rows read it
  static <F> F[] array(F... callbacks) {
    return callbacks;
  }

  private static final class StacklessException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StacklessException(String message) {
      super(message, null, false, false);
    }
  }

  /** Twine's. */
  static final class Twine {

    static final Callback<Integer, Integer>[] VALUES =
        repeated(
            value -> last(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value));

    static final Callback<Integer, Deferred<Integer>>[] FLAT =
        array(
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)),
            value -> Deferred.succeed(next(value)));

    static final Callback<Integer, Integer> THROWING = value -> failing();

    static final Callback<Failure, Integer> RECOVERING = failure -> recovered();

    private Twine() {}
  }

  /** CompletableFuture's, trane's and the floor's: what they all can call. */
  static final class Functions {

    static final Function<Integer, Integer>[] VALUES =
        repeated(
            value -> last(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value));

    static final Function<Integer, Integer> THROWING = value -> failing();

    static final Function<Throwable, Integer> RECOVERING = thrown -> recovered();

    private Functions() {}
  }

  /** CompletableFuture's own. */
  static final class Completable {

    static final Function<Integer, CompletableFuture<Integer>>[] FLAT =
        array(
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)),
            value -> CompletableFuture.completedFuture(next(value)));

    private Completable() {}
  }

  /** Trane's own. */
  static final class Trane {

    static final Function<Integer, Future<Integer>>[] FLAT =
        array(
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)),
            value -> Future.value(next(value)));

    private static final Future<Integer> RECOVERED = Future.value(ONE);

    /** There is no other way to recover than with a future. */
    static final Function<Throwable, Future<Integer>> RECOVERING =
        thrown -> {
          kept = 1;
          return RECOVERED;
        };

    private Trane() {}
  }

  /** RxJava's; here a subscriber has the last word. */
  static final class Rx {

    static final io.reactivex.rxjava3.functions.Function<Integer, Integer>[] VALUES =
        repeated(
            value -> last(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value));

    static final io.reactivex.rxjava3.functions.Function<Integer, Single<Integer>>[] FLAT =
        array(
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)),
            value -> Single.just(next(value)));

    static final io.reactivex.rxjava3.functions.Function<Integer, Integer> THROWING =
        value -> failing();

    static final Consumer<Integer> LAST = value -> last(value);

    static final Consumer<Throwable> RECOVERING = thrown -> recovered();

    private Rx() {}
  }

  /** The ones of the other Deferred. */
  static final class Stumbleupon {

    static final com.stumbleupon.async.Callback<Integer, Integer>[] VALUES =
        repeated(
            value -> last(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value),
            value -> next(value));

    static final com.stumbleupon.async.Callback<com.stumbleupon.async.Deferred<Integer>, Integer>[]
        FLAT =
            array(
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)),
                value -> com.stumbleupon.async.Deferred.fromResult(next(value)));

    static final com.stumbleupon.async.Callback<Integer, Integer> THROWING = value -> failing();

    static final com.stumbleupon.async.Callback<Integer, Exception> RECOVERING =
        thrown -> recovered();

    private Stumbleupon() {}
  }

  /** The floor's own. */
  static final class Floors {

    static final Function<Integer, FlatFloor>[] FLAT =
        array(
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)),
            value -> new FlatFloor(next(value)));

    private Floors() {}
  }
}
