package dev.twine.sync;

import dev.twine.Deferred;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who holds something, or waits for it.
 *
 * @param name the name that was given, or null
 * @param since with {@linkplain Deferred#setDebugging debugging} on, when he began to hold it or to
 *     wait; else null
 * @param from with debugging on, the place in the program that asked for it; else null
 * @since 0.1
 */
public record Claimant(
    @Nullable String name, @Nullable Instant since, @Nullable StackTraceElement from) {

  private static final Claimant ANYBODY = new Claimant(null, null, null);

  private static final String OURS = Deferred.class.getPackageName() + ".";

  /** Whoever has called this package. */
  static Claimant caller(@Nullable String name) {
    if (Deferred.getDebugging()) {
      return new Claimant(name, Instant.now(), place());
    }
    return name == null ? ANYBODY : new Claimant(name, null, null);
  }

  /** The same, from now on with what he has waited for. */
  Claimant served() {
    return since == null ? this : new Claimant(name, Instant.now(), from);
  }

  private static @Nullable StackTraceElement place() {
    Optional<StackWalker.StackFrame> frame =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(candidate -> !candidate.getClassName().startsWith(OURS))
                        .findFirst());
    return frame.map(StackWalker.StackFrame::toStackTraceElement).orElse(null);
  }
}
