package dev.twine.conformance;

import java.util.Map;
import java.util.Set;

/**
 * A group of operations that belong to one part of the library.
 *
 * <p>A family has no state of its own; what its operations make is kept by the {@link Replay}.
 * Scenarios that use an operation of no family are not replayed. To add a part of the library,
 * write one more family and name it in {@link Operations}.
 */
interface OperationFamily {

  /** The operations of this family. */
  Set<String> names();

  /**
   * Performs one of the operations. Whatever is thrown is recorded as the operation's error.
   *
   * @param op the operation, one of {@link #names}
   * @param replay the run of a scenario that it is part of
   */
  void perform(Op op, Replay replay) throws Throwable;

  /** The kinds of library failures that this family brings in, by the format's name. */
  default Map<String, Class<? extends Throwable>> kinds() {
    return Map.of();
  }

  /**
   * What an IllegalStateException or IllegalArgumentException of the library means: by operation,
   * the format's name of the kind of misuse. What Twisted does not refuse has the kind {@code
   * Refused}, which is not in the format.
   */
  default Map<String, String> misuse() {
    return Map.of();
  }
}
