/**
 * Coroutines: code that waits for Deferreds line by line, without callbacks.
 *
 * <p>{@link dev.twine.coroutine.Coroutines} is the whole of it, for static imports.
 */
@NullMarked
package dev.twine.coroutine;

import org.jspecify.annotations.NullMarked;
