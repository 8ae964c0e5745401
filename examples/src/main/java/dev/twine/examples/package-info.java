/**
 * Small programs, each of which shows one thing.
 *
 * <p>{@link dev.twine.examples.BlockingFibonacci} shows that a Deferred makes nothing asynchronous,
 * {@link dev.twine.examples.FibonacciInThread} what does, and {@link dev.twine.examples.Greeter}
 * how a program ends; {@link dev.twine.examples.UserCheck} how to call what may answer at once or
 * later, and {@link dev.twine.examples.PausedChain} how to add callbacks to what has fired.
 *
 * <p>Coroutines: {@link dev.twine.examples.Users} shows the same in three styles, {@link
 * dev.twine.examples.Thingummy} the legacy style beside that of today, {@link
 * dev.twine.examples.NestedCoroutines} methods that wait and call each other, and {@link
 * dev.twine.examples.Crawler} a loop over the pages of a web server.
 *
 * <p>{@code examples/run} runs them.
 */
@NullMarked
package dev.twine.examples;

import org.jspecify.annotations.NullMarked;
