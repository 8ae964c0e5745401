package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A member's place in a {@link Gathering}: a node that is its own callback, so that a member with
 * nothing else on its chain needs nothing else.
 */
final class Slot extends Node {

  private final Gathering<?> gathering;
  private final int index;

  Slot(Gathering<?> gathering, int index) {
    this.gathering = gathering;
    this.index = index;
  }

  /** Whether a value is just put down here, as others are still missing. */
  boolean onlyCountsValues() {
    return gathering.onlyCountsValues();
  }

  @Override
  @Nullable Object give(@Nullable Object result) {
    return gathering.deliver(index, result);
  }

  @Override
  Chain target() {
    return gathering.target;
  }

  @Override
  @Nullable Object left(@Nullable Object result) {
    return gathering.consumes(result) ? null : result;
  }
}
