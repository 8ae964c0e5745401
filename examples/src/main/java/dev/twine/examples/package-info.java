/**
 * Small programs, each of which shows one thing.
 *
 * <p>{@link dev.twine.examples.BlockingFibonacci} shows that a Deferred makes nothing asynchronous,
 * {@link dev.twine.examples.FibonacciInThread} what does, and {@link dev.twine.examples.Greeter}
 * how a program ends. {@code examples/run} runs them.
 */
@NullMarked
package dev.twine.examples;

import org.jspecify.annotations.NullMarked;
