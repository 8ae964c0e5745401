package dev.twine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the places of a {@link Mapping}, taken by an item: waits on the chain of its Deferred for
 * the result.
 *
 * <p>Values stay with the Deferred; failures are taken away, also those that come when the mapping
 * has ended.
 */
final class Place extends Link {

  final int index;
  private final Deferred<?> member;

  /** Null once the mapping has ended without this: the member may go on for long. */
  private volatile @Nullable Mapping<?, ?> mapping;

  /** Written by the delivery, before this is put among those that have arrived. */
  @Nullable Object result;

  Place(Mapping<?, ?> mapping, int index, Deferred<?> member) {
    this.mapping = mapping;
    this.index = index;
    this.member = member;
  }

  /** Begins to wait; a member that has fired delivers at once. */
  void join() {
    if (Idle.isTaken(member.stateAcquire())) {
      Probes.takenAgain(member);
    }
    member.add(this, this);
  }

  /** The mapping has ended; what the member's canceller throws can't go anywhere. */
  void cancel() {
    mapping = null;
    try {
      member.cancel();
    } catch (Throwable thrown) {
      Captured.note(thrown);
      Probes.reported(thrown, "the canceller of item " + index + " of a mapConcurrent");
    }
  }

  @Override
  @Nullable Object give(@Nullable Object delivered) {
    Mapping<?, ?> waiting = mapping;
    if (waiting == null) {
      return NOTHING;
    }
    result = delivered;
    return waiting.arrive(this);
  }

  @Override
  Chain target() {
    return Objects.requireNonNull(mapping).target;
  }

  @Override
  @Nullable Object left(@Nullable Object delivered) {
    return delivered instanceof Failure ? null : delivered;
  }
}
