/**
 * What happens later, and again.
 *
 * <p>{@link dev.twine.time.Tasks} waits before it runs something, {@link
 * dev.twine.time.LoopingCall} runs it at an interval, {@link dev.twine.time.Cooperator} does it in
 * small steps, and {@link dev.twine.time.ManualClock} is a scheduler whose time a test moves by
 * hand.
 */
@NullMarked
package dev.twine.time;

import org.jspecify.annotations.NullMarked;
