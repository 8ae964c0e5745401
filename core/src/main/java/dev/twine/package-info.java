/**
 * Results that are not available yet.
 *
 * <p>{@link dev.twine.Deferred} is the one class everybody needs: a promise of a result, and the
 * chain of callbacks and errbacks that will see it. {@link dev.twine.DeferredList} waits for many,
 * {@link dev.twine.Failure} and {@link dev.twine.Outcome} say how it went, and {@link
 * dev.twine.Scheduler} is where time comes from.
 *
 * <p>Unless a method says otherwise, null arguments are refused with a {@link
 * NullPointerException}, and every class may be used by any thread.
 */
@NullMarked
package dev.twine;

import org.jspecify.annotations.NullMarked;
