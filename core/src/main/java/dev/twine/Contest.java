package dev.twine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A race: the first success wins, and the others are cancelled before the race is fired.
 *
 * <p>Unlike a list it takes the members' results, and a cancel that no member answers fails it.
 */
final class Contest<T extends @Nullable Object> extends Gathering<Winner<T>>
    implements Effect<Deferred<Winner<T>>> {

  private final AtomicBoolean won = new AtomicBoolean();

  Contest(Collection<? extends Deferred<?>> members) {
    super(members, true);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the winner's value
  @Nullable Object early(int index, @Nullable Object result) {
    if (result instanceof Failure || !won.compareAndSet(false, true)) {
      return Link.NOTHING;
    }
    cancelAllBut(index);
    T value = (T) result;
    return new Winner<>(index, value);
  }

  @Override
  boolean countsValues() {
    return false;
  }

  @Override
  boolean consumesValues() {
    return true;
  }

  /** Only failures: a value anywhere has won before. */
  @Override
  @Nullable Object all(@Nullable Object[] all) {
    List<Failure> failures = new ArrayList<>(all.length);
    for (Object result : all) {
      if (!(result instanceof Failure failure)) {
        return Link.NOTHING;
      }
      failures.add(failure);
    }
    return new Failure(new FailureGroupException(failures));
  }

  @Override
  public void call(Deferred<Winner<T>> race) {
    cancelAllBut(-1);
  }

  /** What a canceller throws can't go anywhere; the other members are cancelled all the same. */
  private void cancelAllBut(int index) {
    Deferred<?>[] all = members();
    for (int i = 0; i < all.length; i++) {
      if (i != index) {
        try {
          all[i].cancel();
        } catch (Throwable thrown) {
          Captured.note(thrown);
          Probes.reported(thrown, "the canceller of member " + i + " of a race");
        }
      }
    }
  }
}
