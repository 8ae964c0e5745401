/**
 * Coroutines: code that waits for Deferreds line by line, without callbacks.
 *
 * <p>{@link dev.twine.coroutine.Coroutines} is the most of it, for static imports. {@link
 * dev.twine.coroutine.Generator} makes an iterator out of a body in the same way.
 */
@NullMarked
package dev.twine.coroutine;

import org.jspecify.annotations.NullMarked;
