/**
 * Threads, and the loop that brings what they do back to one of them.
 *
 * <p>A {@link dev.twine.threads.Reactor} makes calls on one thread, one after the other: those that
 * are posted to it by any thread, and those whose time has come. {@link dev.twine.threads.Threads}
 * runs what blocks on other threads, and fires its result in the reactor.
 */
@NullMarked
package dev.twine.threads;

import org.jspecify.annotations.NullMarked;
