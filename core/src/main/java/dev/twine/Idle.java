package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * The state words of an idle {@link Chain}: its result, encoded so that it can be told from every
 * other state.
 *
 * <p>A value stands for itself. Null is {@link #NULL}, or {@link #TAKEN} or {@link #HANDED} if
 * another chain has taken the result. A failure is {@link Unhandled} or {@link Handled}; in a
 * {@link Held} it may also be a bare {@link Failure}, which no callback has seen yet.
 */
final class Idle {

  /** The value null. */
  static final Object NULL = new Word("null");

  /** Null because another chain has taken the result. */
  static final Object TAKEN = new Word("taken");

  /** As TAKEN, by a chain whose {@code aux} may still name this one for a moment. */
  static final Object HANDED = new Word("handed over");

  private Idle() {}

  private record Word(String meaning) {}

  /** A failure that a fork or {@code get()} has handled, and that is the result all the same. */
  record Handled(Failure failure) {}

  /** Whether a state is an idle one in its plain form. */
  static boolean is(@Nullable Object state) {
    return state != null && !(state instanceof Mark);
  }

  /** Whether a state is a value in its plain form, which only {@link #value} is needed for. */
  static boolean isValue(Object state) {
    return !(state instanceof Mark)
        && !(state instanceof Unhandled)
        && !(state instanceof Handled)
        && state != HANDED;
  }

  static @Nullable Object value(Object word) {
    return word instanceof Word ? null : word;
  }

  /** The word for a result that is not a failure to be tracked. */
  static Object encode(@Nullable Object result) {
    return result == null ? NULL : result;
  }

  /** The result: a value, or a {@link Failure}. */
  static @Nullable Object result(@Nullable Object word) {
    if (word instanceof Word) {
      return null;
    }
    Failure failure = failure(word);
    return failure != null ? failure : word;
  }

  /** The failure that a word stands for, or null if it is a value. */
  static @Nullable Failure failure(@Nullable Object word) {
    if (word instanceof Unhandled mark) {
      return mark.failure;
    }
    if (word instanceof Handled handled) {
      return handled.failure;
    }
    return word instanceof Failure failure ? failure : null;
  }

  /** The word for a result that a pause holds back in mid-chain, excused or not. */
  static Object held(@Nullable Object result, @Nullable Failure excused) {
    return excused != null && result == excused ? new Handled(excused) : encode(result);
  }

  /** The failure in a word, if it has been handled. */
  static @Nullable Failure handled(@Nullable Object word) {
    return word instanceof Handled handled ? handled.failure : null;
  }

  static boolean isFailure(@Nullable Object word) {
    return failure(word) != null;
  }

  static boolean isTaken(@Nullable Object word) {
    return word == TAKEN || word == HANDED;
  }

  /** The word does not (or no longer) stand in a chain: a failure in it is not to be reported. */
  static void settle(@Nullable Object word) {
    if (word instanceof Unhandled mark) {
      mark.settle();
    }
  }
}
