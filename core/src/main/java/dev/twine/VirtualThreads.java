package dev.twine;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final @Nullable CarrierStarter CARRIERS = CarrierStarter.find();

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
    ThreadFactory named = required(STARTER).factory(requireNonNull(name, "name"));
    CarrierStarter carriers = CARRIERS;
    return carriers == null ? named : body -> carriers.leaving(named, body);
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
    requireNonNull(body, "body");
    CarrierStarter carriers = CARRIERS;
    if (carriers != null && Carrier.current() != null) {
      required(STARTER).executor(carriers::makeOrdinary).execute(body);
    } else {
      required(STARTER).executor().execute(body);
    }
  }

  /**
   * Tells whether a virtual thread can have a carrier of its own here. For that this library
   * reaches into the JDK, so the program must have been started with {@code --add-opens
   * java.base/java.lang=dev.twine} (or {@code =ALL-UNNAMED}, with this library on the class path),
   * and the JDK must be one whose insides are as expected: JDK 25 is, others may be.
   *
   * @return true if {@link #carrierFactory} gives threads
   */
  public static boolean carriersAvailable() {
    return CARRIERS != null;
  }

  /**
   * Returns a factory of virtual threads that each have a platform thread of their own to run on,
   * which they share with nobody but those that are {@linkplain #startBeside started beside} them.
   *
   * <p>So they never wait for a processor behind the virtual threads of others, and to wait for
   * each other they need no second one. What blocks the platform thread, as a native method does,
   * blocks all of them, and so does what computes for long. A virtual thread that one of them makes
   * with the methods of the JDK has the same carrier, as the JDK has it so; what {@link #factory}
   * and {@link #startUnreferenced} make has not.
   *
   * @param name the threads are named with this and a number, {@code name-1} the first one
   * @return a factory of unstarted virtual threads
   * @throws UnsupportedOperationException if there are {@linkplain #carriersAvailable no carriers}
   */
  public static ThreadFactory carrierFactory(String name) {
    requireNonNull(name, "name");
    CarrierStarter carriers = CARRIERS;
    if (carriers == null) {
      throw new UnsupportedOperationException(
          "a carrier of its own needs a JDK such as 25, started with --add-opens"
              + " java.base/java.lang=dev.twine (or =ALL-UNNAMED on the class path); ask"
              + " VirtualThreads.carriersAvailable() first");
    }
    AtomicLong number = new AtomicLong();
    return body ->
        carriers.make(
            new Carrier(), name + "-" + number.incrementAndGet(), requireNonNull(body, "body"));
  }

  /**
   * Starts a virtual thread as {@link #startUnreferenced} does, and on the same carrier if the
   * calling thread has {@linkplain #carrierFactory one of its own}.
   *
   * @param body what the thread does
   * @throws UnsupportedOperationException if the running Java has no virtual threads
   */
  public static void startBeside(Runnable body) {
    Carrier carrier = Carrier.current();
    CarrierStarter carriers = CARRIERS;
    if (carrier == null || carriers == null) {
      startUnreferenced(body);
    } else {
      requireNonNull(body, "body");
      required(STARTER).executor(made -> carriers.make(carrier, "", made)).execute(body);
    }
  }

  /**
   * Tells whether the calling thread has a {@linkplain #carrierFactory carrier of its own}.
   *
   * @return false for ordinary virtual threads, and for platform threads
   */
  public static boolean hasOwnCarrier() {
    return Carrier.current() != null;
  }

  /**
   * Tells whether a thread is virtual.
   *
   * @param thread any thread
   * @return false for platform threads, and always before Java 21
   */
  public static boolean isVirtual(Thread thread) {
    return STARTER != null && STARTER.test(thread);
  }

  /**
   * On a virtual thread, lets others go first that are ready, as {@link Thread#yield} does; on a
   * {@linkplain #carrierFactory carrier of its own} they go first even if the calling thread can't
   * leave the carrier. On a platform thread this does nothing.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint, and nothing depends on it
  public static void giveWay() {
    if (isVirtual(Thread.currentThread())) {
      Carrier carrier = Carrier.current();
      if (carrier == null) {
        Thread.yield();
      } else {
        carrier.giveWay();
      }
    }
  }

  private static void nothing() {}

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
  record Starter(
      MethodHandle newFactory,
      MethodHandle newExecutor,
      MethodHandle isVirtual,
      ThreadFactory unnamed) {

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
        MethodHandle isVirtual =
            lookup.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        return new Starter(named, newExecutor, isVirtual, (ThreadFactory) unnamed.invokeExact());
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
      return executor(unnamed);
    }

    Executor executor(ThreadFactory factory) {
      try {
        return (ExecutorService) newExecutor.invokeExact(factory);
      } catch (Throwable thrown) {
        throw new LinkageError("An executor for virtual threads could not be made", thrown);
      }
    }

    boolean test(Thread thread) {
      try {
        return (boolean) isVirtual.invokeExact(thread);
      } catch (Throwable thrown) {
        throw new LinkageError("A thread doesn't tell whether it is virtual", thrown);
      }
    }
  }

  /** What makes virtual threads on a carrier: no part of Java's public interface. */
  private record CarrierStarter(MethodHandle newThread, Executor ordinary) {

    /** As the constant of the same name in {@code Thread}. */
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    /** Returns null if it isn't there, or not open to this library. */
    static @Nullable CarrierStarter find() {
      try {
        Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
        MethodHandle ordinary =
            MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                .findStaticGetter(virtualThread, "DEFAULT_SCHEDULER", ForkJoinPool.class);
        Class<?> builders = Class.forName("java.lang.ThreadBuilders");
        MethodHandle newThread =
            MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                .findStatic(
                    builders,
                    "newVirtualThread",
                    MethodType.methodType(
                        Thread.class, Executor.class, String.class, int.class, Runnable.class));
        return new CarrierStarter(newThread, (ForkJoinPool) ordinary.invokeExact());
      } catch (Throwable notHere) {
        return null;
      }
    }

    Thread make(Carrier carrier, String name, Runnable body) {
      return make((Executor) carrier, name, carrier.carrying(body));
    }

    /** A thread that is carried as all others are, whoever makes it. */
    Thread makeOrdinary(Runnable body) {
      return make(ordinary, "", body);
    }

    /** As the factory would make it; on a carrier it would be carried by that one, too. */
    Thread leaving(ThreadFactory factory, Runnable body) {
      if (Carrier.current() == null) {
        return factory.newThread(body);
      }
      Thread made = makeOrdinary(requireNonNull(body, "body"));
      made.setName(factory.newThread(VirtualThreads::nothing).getName());
      return made;
    }

    private Thread make(Executor scheduler, String name, Runnable body) {
      try {
        return (Thread) newThread.invokeExact(scheduler, name, NO_INHERIT_THREAD_LOCALS, body);
      } catch (Throwable thrown) {
        throw new LinkageError("A virtual thread could not be made", thrown);
      }
    }
  }
}
