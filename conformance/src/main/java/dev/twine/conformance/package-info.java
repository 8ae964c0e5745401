/**
 * Replays scenarios recorded from Twisted on this library and compares what happens, event for
 * event.
 *
 * <p>The scenarios and what they mean are described in {@code conformance/FORMAT.md}. {@link
 * dev.twine.conformance.ReplayCommand} is the program; a new group of operations is one class, an
 * {@code OperationFamily}, named in {@code Operations}.
 */
@NullMarked
package dev.twine.conformance;

import org.jspecify.annotations.NullMarked;
