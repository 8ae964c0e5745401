package dev.twine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several Deferreds becoming one: counts the results of its members as they come, and says when and
 * with what the one is to be fired.
 *
 * <p>It is the canceller of that one, of a kind of its own: cancelling a list cancels every member,
 * in order, and then nothing more; what they deliver decides (B190).
 *
 * @param <R> what the one fires with
 */
abstract class Gathering<R extends @Nullable Object> {

  private static final VarHandle MISSING;

  static {
    try {
      MISSING = MethodHandles.lookup().findVarHandle(Gathering.class, "missing", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final Deferred<?>[] NO_MEMBERS = {};
  private static final @Nullable Object[] NO_RESULTS = {};

  final Deferred<R> target;

  /** Emptied when the one has been fired early: other members may go on for long. */
  private volatile Deferred<?>[] members;

  /** Each is written by the delivery of its member, before that counts {@link #missing} down. */
  private volatile @Nullable Object[] results;

  private final boolean consumesErrors;

  /** How many members have not delivered yet; counts down only. */
  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private int missing;

  Gathering(Collection<? extends Deferred<?>> deferreds, boolean consumesErrors) {
    this.members = deferreds.toArray(new Deferred<?>[0]);
    this.results = new Object[members.length];
    this.missing = members.length;
    this.consumesErrors = consumesErrors;
    for (Deferred<?> member : members) {
      Objects.requireNonNull(member, "a member of the collection");
    }
    this.target = new Deferred<>(this);
  }

  /** Adds the slots, in order; members that have fired already deliver at once. */
  final Deferred<R> gather() {
    Deferred<?>[] all = members;
    for (int i = 0; i < all.length; i++) {
      all[i].addSlot(new Slot(this, i));
    }
    return target;
  }

  /** A member has a result; gives what the one is to be fired with now, or NOTHING. */
  final @Nullable Object deliver(int index, @Nullable Object result) {
    @Nullable Object[] all = results;
    if (all.length == 0) {
      return Link.NOTHING;
    }
    all[index] = result;
    Object early = early(index, result);
    if (early != Link.NOTHING) {
      members = NO_MEMBERS;
      results = NO_RESULTS;
      return early;
    }
    return (int) MISSING.getAndAdd(this, -1) == 1 ? all(all) : Link.NOTHING;
  }

  /** Whether a value is just put down, as far as can be seen now. */
  final boolean onlyCountsValues() {
    return countsValues() && (int) MISSING.getOpaque(this) > 1;
  }

  /** Whether values are all waited for, and left with their members. */
  boolean countsValues() {
    return true;
  }

  final Deferred<?>[] members() {
    return members;
  }

  /** What a single result fires the one with: NOTHING, unless an option says otherwise. */
  @Nullable Object early(int index, @Nullable Object result) {
    return Link.NOTHING;
  }

  /** What the results of all members fire the one with. */
  abstract @Nullable Object all(@Nullable Object[] all);

  final boolean consumes(@Nullable Object result) {
    return result instanceof Failure ? consumesErrors : consumesValues();
  }

  boolean consumesValues() {
    return false;
  }

  /** Puts the members in front of what is still to be cancelled, the first one foremost. */
  final void membersInto(Deque<Chain> todo) {
    Deferred<?>[] all = members;
    for (int i = all.length - 1; i >= 0; i--) {
      todo.push(all[i]);
    }
  }

  @SuppressWarnings("unchecked") // the array has just the members' values
  static <T extends @Nullable Object> List<T> values(@Nullable Object[] results) {
    return (List<T>) Collections.unmodifiableList(Arrays.asList(results));
  }

  @SuppressWarnings("unchecked") // the array has just the members' results
  static <T extends @Nullable Object> List<Outcome<T>> outcomes(@Nullable Object[] results) {
    List<Outcome<T>> outcomes = new ArrayList<>(results.length);
    for (Object result : results) {
      outcomes.add((Outcome<T>) Step.outcome(result));
    }
    return Collections.unmodifiableList(outcomes);
  }

  static Failure firstError(int index, Failure failure) {
    return new Failure(new FirstErrorException(index, failure));
  }

  /** Fires with the outcomes of all; or, as an option, with the first failure. */
  static final class All<T extends @Nullable Object> extends Gathering<List<Outcome<T>>> {

    private final boolean firesOnOneErrback;

    All(Collection<? extends Deferred<?>> members, boolean firesOnOneErrback, boolean consumes) {
      super(members, consumes);
      this.firesOnOneErrback = firesOnOneErrback;
    }

    @Override
    @Nullable Object early(int index, @Nullable Object result) {
      return firesOnOneErrback && result instanceof Failure failure
          ? firstError(index, failure)
          : Link.NOTHING;
    }

    @Override
    Object all(@Nullable Object[] all) {
      return outcomes(all);
    }
  }

  /** Fires with the plain values of all, or with the first failure. */
  static final class Values<T extends @Nullable Object> extends Gathering<List<T>> {

    Values(Collection<? extends Deferred<?>> members, boolean consumes) {
      super(members, consumes);
    }

    @Override
    @Nullable Object early(int index, @Nullable Object result) {
      return result instanceof Failure failure ? firstError(index, failure) : Link.NOTHING;
    }

    @Override
    Object all(@Nullable Object[] all) {
      return values(all);
    }
  }

  /** Fires with the first value; or, as an option, with the first failure; or with all. */
  static final class FirstOf<T extends @Nullable Object> extends Gathering<DeferredList.First<T>> {

    private final boolean firesOnOneErrback;

    FirstOf(
        Collection<? extends Deferred<?>> members, boolean firesOnOneErrback, boolean consumes) {
      super(members, consumes);
      this.firesOnOneErrback = firesOnOneErrback;
    }

    @Override
    @Nullable Object early(int index, @Nullable Object result) {
      if (!(result instanceof Failure failure)) {
        return new DeferredList.First.One<@Nullable Object>(result, index);
      }
      return firesOnOneErrback ? firstError(index, failure) : Link.NOTHING;
    }

    @Override
    boolean countsValues() {
      return false;
    }

    @Override
    Object all(@Nullable Object[] all) {
      return new DeferredList.First.None<>(outcomes(all));
    }
  }
}
