package dev.twine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * Whether Deferreds remember where they were made and fired: Twisted's one piece of global state.
 *
 * <p>A call site instead of a field, so that asking costs nothing: the compiler takes the answer
 * for a constant, and compiles anew when it changes. A thread may see a change late.
 */
final class Debugging {

  private static final MutableCallSite SITE =
      new MutableCallSite(constant(Boolean.getBoolean("dev.twine.debugging")));
  private static final MethodHandle IS_ON = SITE.dynamicInvoker();

  private Debugging() {}

  static boolean isOn() {
    try {
      return (boolean) IS_ON.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  static void set(boolean on) {
    if (on != isOn()) {
      SITE.setTarget(constant(on));
      MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }
  }

  private static MethodHandle constant(boolean on) {
    return MethodHandles.constant(boolean.class, on);
  }
}
