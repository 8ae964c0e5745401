package dev.twine.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Virtual threads as the JDK starts them, which Java 17 does not know yet. */
final class OrdinaryThreads {

  private static final MethodHandle START;

  static {
    try {
      START =
          MethodHandles.publicLookup()
              .findStatic(
                  Thread.class,
                  "startVirtualThread",
                  MethodType.methodType(Thread.class, Runnable.class));
    } catch (ReflectiveOperationException tooOld) {
      throw new ExceptionInInitializerError(tooOld);
    }
  }

  private OrdinaryThreads() {}

  static Thread start(Runnable body) {
    try {
      return (Thread) START.invokeExact(body);
    } catch (Throwable thrown) {
      throw new IllegalStateException("a virtual thread could not be started", thrown);
    }
  }
}
