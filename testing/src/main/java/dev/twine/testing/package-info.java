/**
 * A kit for tests of what is made of Deferreds: tests that wait for nothing and never sleep.
 *
 * <p>{@link dev.twine.testing.Results} says what a Deferred has come to, {@link
 * dev.twine.testing.Steps} in which order things happened, and {@link
 * dev.twine.testing.ManualExecutor} runs what it was given when the test says so; the clock for
 * that is {@link dev.twine.time.ManualClock}. {@link dev.twine.testing.LeavesNothingBehind} fails a
 * test that leaves something behind, and {@link dev.twine.testing.Interleavings} tries the orders
 * in which things might happen.
 *
 * <p>Only {@link dev.twine.testing.LeavesNothingBehind} needs JUnit (Jupiter 5.14 or newer, 6
 * included), and only {@link dev.twine.testing.TwineAssertions} needs AssertJ; the rest throws
 * plain {@link AssertionError}s and goes with any framework.
 *
 * <p>Unless a method says otherwise, null arguments are refused with a {@link
 * NullPointerException}.
 */
@NullMarked
package dev.twine.testing;

import org.jspecify.annotations.NullMarked;
