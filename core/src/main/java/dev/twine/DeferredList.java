package dev.twine;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several Deferreds as one: the results of all members in one list, whether they succeed or fail.
 *
 * <p>Members keep their results and go on with their own chains; a list only looks. A member may
 * stand in a list twice and in several lists. Members that have fired already count at once, in
 * order; a list of nothing has fired when it is returned.
 *
 * {@snippet class=Snippets region=list_outcomes lang=java}
 *
 * <p>Execution: the list fires on the thread that gives the deciding member its result, in the
 * middle of that member's chain.
 *
 * <p>Cancellation: cancelling a list that has not fired cancels every member, in order, and nothing
 * else: what the members deliver then decides what the list fires with, by its ordinary rules. An
 * exception from a member's canceller goes to {@link Probe#reported}. Cancelling a list that has
 * fired does nothing, as in Twisted, even if one of its callbacks has made it wait for another
 * Deferred: for work behind a list that is to be cancelled, return the list from a callback of a
 * Deferred, such as {@code Deferred.succeed(null).chainCallback(x -> list)}.
 *
 * <p>Memory consistency effects: what the chain of a member did before its place in the list
 * <i>happens-before</i> the callbacks of the list.
 *
 * <p>Twisted's {@code DeferredList}, as functions instead of a class: the result is a Deferred like
 * any other.
 *
 * @since 0.1
 */
public final class DeferredList {

  private DeferredList() {}

  /** What a list does besides waiting for all. */
  public enum Option {
    /** Fails with a {@link FirstErrorException} as soon as one member fails. */
    FIRE_ON_ONE_ERRBACK,
    /** Leaves a member that failed with null, so that its failure is not reported as unhandled. */
    CONSUME_ERRORS
  }

  /**
   * What {@link #first} fires with.
   *
   * @param <T> the values of the members
   */
  public sealed interface First<T extends @Nullable Object> {

    /**
     * A member succeeded.
     *
     * @param value what it fired with
     * @param index its place in the list, from 0
     * @param <T> the values of the members
     */
    record One<T extends @Nullable Object>(T value, int index) implements First<T> {}

    /**
     * No member succeeded.
     *
     * @param outcomes the failures, in the order of the members
     * @param <T> the values of the members
     */
    record None<T extends @Nullable Object>(List<Outcome<T>> outcomes) implements First<T> {}
  }

  /**
   * Waits for all members.
   *
   * @param deferreds the members
   * @param options what to do besides
   * @param <T> the values of the members
   * @return a Deferred that fires with the outcomes, in the order of the members
   */
  public static <T extends @Nullable Object> Deferred<List<Outcome<T>>> of(
      Collection<? extends Deferred<? extends T>> deferreds, Option... options) {
    Set<Option> set = set(options);
    if (deferreds.isEmpty()) {
      return Deferred.succeed(List.of());
    }
    return new Gathering.All<T>(
            deferreds,
            set.contains(Option.FIRE_ON_ONE_ERRBACK),
            set.contains(Option.CONSUME_ERRORS))
        .gather();
  }

  /**
   * Waits for all members to succeed: {@link Deferred#gatherResults(Collection) gatherResults} with
   * options.
   *
   * @param deferreds the members
   * @param options what to do besides; {@link Option#FIRE_ON_ONE_ERRBACK} is always on
   * @param <T> the values of the members
   * @return a Deferred that fires with the values in the order of the members, or fails with a
   *     {@link FirstErrorException} as soon as one fails
   */
  public static <T extends @Nullable Object> Deferred<List<T>> gather(
      Collection<? extends Deferred<? extends T>> deferreds, Option... options) {
    Set<Option> set = set(options);
    if (deferreds.isEmpty()) {
      return Deferred.succeed(List.of());
    }
    return new Gathering.Values<T>(deferreds, set.contains(Option.CONSUME_ERRORS)).gather();
  }

  /**
   * Waits for the first member that succeeds; the others go on. {@link Deferred#race(Collection)
   * race} cancels them.
   *
   * <p>Twisted's {@code fireOnOneCallback}.
   *
   * @param deferreds the members, at least one
   * @param options what to do besides
   * @param <T> the values of the members
   * @return a Deferred that fires with the first value and its place, or with all outcomes if every
   *     member fails
   * @throws IllegalArgumentException if there is no member: such a list could never fire
   */
  public static <T extends @Nullable Object> Deferred<First<T>> first(
      Collection<? extends Deferred<? extends T>> deferreds, Option... options) {
    Set<Option> set = set(options);
    if (deferreds.isEmpty()) {
      throw new IllegalArgumentException("the first of no Deferreds would never fire");
    }
    return new Gathering.FirstOf<T>(
            deferreds,
            set.contains(Option.FIRE_ON_ONE_ERRBACK),
            set.contains(Option.CONSUME_ERRORS))
        .gather();
  }

  private static Set<Option> set(Option... options) {
    Objects.requireNonNull(options, "options");
    Set<Option> set = EnumSet.noneOf(Option.class);
    set.addAll(Arrays.asList(options));
    return set;
  }
}
