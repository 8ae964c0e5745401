/**
 * Locks, queues, and what else many callbacks meet at: each gives a Deferred where a thread would
 * have to wait.
 *
 * <p>{@link dev.twine.sync.DeferredLock}, {@link dev.twine.sync.DeferredSemaphore}, {@link
 * dev.twine.sync.DeferredReadWriteLock}, {@link dev.twine.sync.KeyedLock} and {@link
 * dev.twine.sync.KeyedSemaphore} give {@linkplain dev.twine.sync.Permit permits}; {@link
 * dev.twine.sync.DeferredQueue} passes values on; {@link dev.twine.sync.DeferredEvent} and {@link
 * dev.twine.sync.DeferredBarrier} let everybody go at once; {@link dev.twine.sync.RateLimiter} lets
 * one go after the other; {@link dev.twine.sync.SingleFlight} does for many what would be done for
 * each; {@link dev.twine.sync.DeferredFilesystemLock} is a lock among processes.
 *
 * <p><b>What they have in common.</b> Whoever waits is served in the order of his coming, inside
 * the call that serves him, on the thread that makes it: {@code release} and {@code put} return
 * when his callbacks have run. There is one exception. Such calls may be nested, as callbacks make
 * them; where they are more than 16 deep, on one thread and in one of these objects, or where one
 * of many who are served together makes them, the others wait until the outer one of these calls
 * has come back to itself, and so does whoever comes after them; it serves them before it returns.
 * Whoever cancels his Deferred, or has it time out, leaves the queue, and nothing is lost. If a
 * cancel meets a hand-over, which may be one that waits as above, either may win: then the Deferred
 * has the permit or the value, or it was cancelled and the next in the queue has it. No thread is
 * blocked while others run callbacks: the monitors that are used are never held meanwhile.
 */
@NullMarked
package dev.twine.sync;

import org.jspecify.annotations.NullMarked;
