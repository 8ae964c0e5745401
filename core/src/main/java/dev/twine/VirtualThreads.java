package dev.twine;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads, for code that has to run on Java 17 too.
 *
 * <p>Java has virtual threads since version 21. Before that {@link #available} says so, and the
 * other methods throw an exception; they never give a platform thread instead.
 *
 * {@snippet class=TimeSnippets region=virtual_basic lang=java}
 *
 * <p>The threads take over nothing from whoever makes them: no inheritable thread locals, and not
 * the context class loader.
 *
 * <p>Any thread may call any method.
 *
 * @since 0.1
 */
public final class VirtualThreads {

  private static final @Nullable Starter STARTER = Starter.find(Runtime.version().feature());

  private VirtualThreads() {}

  /**
   * Tells whether the running Java has virtual threads.
   *
   * @return true on Java 21 and newer
   */
  public static boolean available() {
    return STARTER != null;
  }

  /**
   * Returns a factory of virtual threads.
   *
   * <p>A thread that is made by the factory and started is held by the Java runtime until it ends,
   * also while it is parked. See {@link #startUnreferenced} for threads that may be forgotten.
   *
   * @param name the threads are named with this and a number, {@code name-1} the first one
   * @return a factory of unstarted virtual threads
   * @throws UnsupportedOperationException if the running Java has no virtual threads
   */
  public static ThreadFactory factory(String name) {
    return required(STARTER).factory(requireNonNull(name, "name"));
  }

  /**
   * Starts a virtual thread that the Java runtime does not keep alive: if it is parked without a
   * time limit and nothing that is reachable could unpark it, it can be collected as garbage, with
   * all that is on its stack and without any {@code finally} on it being run.
   *
   * <p>Execution: the body runs on the new thread, never inside this method. An exception from it
   * goes to the uncaught exception handler of that thread.
   *
   * <p>Memory consistency effects: actions in a thread prior to calling this method
   * <i>happen-before</i> the body runs.
   *
   * @param body what the thread does
   * @throws UnsupportedOperationException if the running Java has no virtual threads
   */
  public static void startUnreferenced(Runnable body) {
    required(STARTER).executor().execute(requireNonNull(body, "body"));
  }

  static Starter required(@Nullable Starter starter) {
    if (starter == null) {
      throw new UnsupportedOperationException(
          "Java "
              + Runtime.version().feature()
              + " has no virtual threads; run on Java 21 or newer, or ask"
              + " VirtualThreads.available() first and use a platform thread");
    }
    return starter;
  }

  /**
   * What Java 21 has and Java 17 does not know.
   *
   * <p>Threads that are started through {@code Thread.Builder} or its factories belong to the root
   * container, which holds them all for thread dumps. Those of a thread-per-task executor belong to
   * the executor, and that is held by nobody but them. Hence one executor for each unreferenced
   * thread: in a common one any thread alive would hold all others.
   */
  static final class Starter {

    private final MethodHandle newFactory;
    private final MethodHandle newExecutor;
    private final ThreadFactory unnamed;

    private Starter(MethodHandle newFactory, MethodHandle newExecutor, ThreadFactory unnamed) {
      this.newFactory = newFactory;
      this.newExecutor = newExecutor;
      this.unnamed = unnamed;
    }

    /** Returns null if a Java of that version has no virtual threads to be used freely. */
    static @Nullable Starter find(int feature) {
      if (feature < 21) {
        return null;
      }
      try {
        Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle ofVirtual =
            lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
        MethodHandle name =
            lookup.findVirtual(
                builder, "name", MethodType.methodType(builder, String.class, long.class));
        MethodHandle inherit =
            lookup.findVirtual(
                builder,
                "inheritInheritableThreadLocals",
                MethodType.methodType(builder, boolean.class));
        MethodHandle factory =
            lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
        MethodHandle newExecutor =
            lookup.findStatic(
                Executors.class,
                "newThreadPerTaskExecutor",
                MethodType.methodType(ExecutorService.class, ThreadFactory.class));
        MethodHandle clean =
            MethodHandles.filterReturnValue(
                ofVirtual, MethodHandles.insertArguments(inherit, 1, false));
        MethodHandle named =
            MethodHandles.foldArguments(MethodHandles.filterReturnValue(name, factory), clean);
        MethodHandle unnamed = MethodHandles.filterReturnValue(clean, factory);
        return new Starter(named, newExecutor, (ThreadFactory) unnamed.invokeExact());
      } catch (Throwable missing) {
        throw new LinkageError("Java " + feature + " should have virtual threads", missing);
      }
    }

    ThreadFactory factory(String name) {
      try {
        return (ThreadFactory) newFactory.invokeExact(name + "-", 1L);
      } catch (Throwable thrown) {
        throw new LinkageError("A factory of virtual threads could not be made", thrown);
      }
    }

    Executor executor() {
      try {
        return (ExecutorService) newExecutor.invokeExact(unnamed);
      } catch (Throwable thrown) {
        throw new LinkageError("An executor for virtual threads could not be made", thrown);
      }
    }
  }
}
