package dev.twine;

import org.jspecify.annotations.Nullable;

/** A chain that the run loop has set aside, to come back to when the one it went to has ended. */
final class Frame {

  final Chain chain;

  /** True if the chain is still ours; else it was left free with a queue, for whoever is first. */
  final boolean running;

  final @Nullable Object result;
  final @Nullable Node next;
  final @Nullable Failure excused;
  final @Nullable Frame below;

  /** A chain set aside as running. */
  Frame(
      Chain chain,
      @Nullable Object result,
      @Nullable Node next,
      @Nullable Failure excused,
      @Nullable Frame below) {
    this.chain = chain;
    this.running = true;
    this.result = result;
    this.next = next;
    this.excused = excused;
    this.below = below;
  }

  /** A chain left free behind a hand-over. */
  Frame(Chain chain, @Nullable Frame below) {
    this.chain = chain;
    this.running = false;
    this.result = null;
    this.next = null;
    this.excused = null;
    this.below = below;
  }
}
