package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Something that belongs to a thread and that a coroutine should have from whoever started it, as
 * the diagnostic context of a logger, or the current span of a tracer.
 *
 * <p>The body of a coroutine has a thread of its own, and so thread locals of its own: nothing of
 * what others do with theirs is seen by it, wherever it is resumed, and nobody sees what it does
 * with its own. An element says what it begins with.
 *
 * {@snippet class=CoroutineSnippets region=context lang=java}
 *
 * <p>The elements of a program are found once, by {@link java.util.ServiceLoader}, with the class
 * loader of this library.
 *
 * @since 0.1
 */
public interface ContextElement {

  /**
   * Takes what the calling thread has.
   *
   * <p>Execution: on the thread that starts a coroutine, once for each coroutine. What is given is
   * run once, on the body's thread, before the body. An exception from either is reported, as
   * {@link dev.twine.Probes#reported} says, and the coroutine goes on without.
   *
   * @return what gives it to the thread that runs it; null if there is nothing to give
   */
  @Nullable Runnable capture();
}
