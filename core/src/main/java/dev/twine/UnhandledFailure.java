package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * The report of a failure that nobody handled: the chain of a {@link Deferred} ended in it, and the
 * Deferred has become unreachable.
 *
 * @param failure what went wrong
 * @param cancelled true if {@link Deferred#cancel()} was called on that Deferred
 * @param created where the Deferred was made, if debugging was on
 * @param fired where the Deferred was fired, if debugging was on
 * @since 0.1
 */
public record UnhandledFailure(
    Failure failure, boolean cancelled, @Nullable Throwable created, @Nullable Throwable fired) {}
