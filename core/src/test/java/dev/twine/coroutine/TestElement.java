package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/** The context of these tests: a name, on each thread. */
public final class TestElement implements ContextElement {

  static final ThreadLocal<@Nullable String> NAME = new ThreadLocal<>();

  @Override
  public @Nullable Runnable capture() {
    String name = NAME.get();
    if (name == null) {
      return null;
    }
    if (name.equals("broken capture")) {
      throw new IllegalStateException(name);
    }
    return () -> install(name);
  }

  private static void install(String name) {
    if (name.equals("broken installation")) {
      throw new IllegalStateException(name);
    }
    NAME.set(name);
  }
}
