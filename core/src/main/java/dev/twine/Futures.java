package dev.twine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way to and from the JDK's {@link CompletionStage}. */
final class Futures {

  private Futures() {}

  static <T extends @Nullable Object> Deferred<T> from(CompletionStage<? extends T> stage) {
    Deferred<T> deferred = new Deferred<>(target -> cancel(stage, target));
    stage.whenComplete((value, thrown) -> deferred.tryFire(result(value, thrown)));
    return deferred;
  }

  /**
   * The Deferred ends as the stage does; a stage that is only looked at through a copy may go on.
   */
  private static <T extends @Nullable Object> void cancel(
      CompletionStage<? extends T> stage, Deferred<T> target) {
    CompletableFuture<? extends T> future = stage.toCompletableFuture();
    future.cancel(true);
    if (future == stage) {
      var unused = future.whenComplete((value, thrown) -> target.tryFire(result(value, thrown)));
    }
  }

  private static @Nullable Object result(@Nullable Object value, @Nullable Throwable thrown) {
    if (value instanceof Deferred) {
      return new Failure(
          new IllegalArgumentException("a stage completed with a Deferred, which is no value"));
    }
    return thrown == null ? value : new Failure(unwrapped(thrown));
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable bare = thrown;
    while (bare instanceof CompletionException && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare;
  }

  static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(
      Deferred<T> deferred) {
    CallbackChain.requireNoDraft(deferred, "a future");
    Passing<T> future = new Passing<>(deferred);
    deferred.add(
        value -> {
          @SuppressWarnings("unchecked") // the Deferred's own value
          T result = (T) value;
          future.complete(result);
          return null;
        },
        failure -> {
          future.completeExceptionally(((Failure) Objects.requireNonNull(failure)).value());
          return null;
        });
    return future;
  }

  /** A future whose cancel reaches the Deferred. */
  private static final class Passing<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Deferred<T> source;

    Passing(Deferred<T> source) {
      this.source = source;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled) {
        source.cancel();
      }
      return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }
}
