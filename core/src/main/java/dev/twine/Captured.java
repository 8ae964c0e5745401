package dev.twine;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a callback threw, on its way to becoming a {@link Failure}. */
final class Captured {

  private Captured() {}

  /** Makes the failure; an interrupt and an error of the virtual machine leave their mark. */
  static Failure failure(Throwable thrown) {
    note(thrown);
    return new Failure(thrown);
  }

  /** What is to be done about some throwables, wherever they are caught. */
  static void note(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    } else if (thrown instanceof VirtualMachineError) {
      tellHandler(thrown);
    }
  }

  /** Hands something to the uncaught exception handler of the calling thread. */
  static void tellHandler(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable broken) {
      Probes.reported(broken, "an uncaught exception handler");
    }
  }

  /** The same for a callback, whose argument may have been of another type than it declares. */
  static Failure failure(Throwable thrown, Object callback, @Nullable Object argument) {
    if (thrown.getClass() == ClassCastException.class
        && thrown instanceof ClassCastException mismatch
        && isOfArgument(mismatch)) {
      ClassCastException clear = new ClassCastException(explain(mismatch, callback, argument));
      clear.initCause(mismatch);
      Probes.reported(clear, "a callback of another type than the result of its chain");
      return new Failure(clear);
    }
    return failure(thrown);
  }

  /**
   * True if the cast failed before the first line of the callback: in our own frame, where a
   * lambda's argument is cast, or in the bridge method that the compiler made.
   */
  private static boolean isOfArgument(ClassCastException mismatch) {
    StackTraceElement[] trace = mismatch.getStackTrace();
    if (trace.length < 2) {
      return false; // a JVM may leave the trace of a frequent exception out
    }
    return isOurs(trace[0])
        || (trace[0].getMethodName().equals("call") && isOurs(trace[1]) && isBridged(trace[0]));
  }

  private static boolean isOurs(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.equals(Chain.class.getName()) || name.startsWith(Step.class.getName());
  }

  /** A class that declares call(Object) itself has no bridge: a cast there is the user's own. */
  private static boolean isBridged(StackTraceElement frame) {
    try {
      Class<?> owner =
          Class.forName(
              frame.getClassName(), false, Thread.currentThread().getContextClassLoader());
      return Arrays.stream(owner.getDeclaredMethods())
          .anyMatch(method -> method.getName().equals("call") && isBridge(method));
    } catch (ClassNotFoundException | LinkageError | SecurityException unknown) {
      return false;
    }
  }

  private static boolean isBridge(Method method) {
    return method.isBridge()
        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Object.class});
  }

  private static String explain(
      ClassCastException mismatch, Object callback, @Nullable Object argument) {
    String result = argument == null ? "null" : "of " + argument.getClass().getName();
    String message = String.valueOf(mismatch.getMessage());
    String help =
        message.contains("cannot be cast to class " + Deferred.class.getName())
            ? "the chain has waited for the Deferred already, or use chainCallback to return one"
            : "go on with what addCallback returned, or fork() for a second branch;"
                + " use chainCallback for a callback that returns a Deferred";
    return "this callback of "
        + owner(callback instanceof Step step ? step.user() : callback)
        + " can't take the chain's result "
        + result
        + ": "
        + help;
  }

  /** The class in whose source the callback stands. */
  private static String owner(Object callback) {
    String name = callback.getClass().getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda);
  }
}
