package dev.twine.coroutine;

import dev.twine.Probes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The elements that this program has. */
final class ContextElements {

  private static final int MAX_TRIES = 1_000;
  private static final List<ContextElement> ALL = find();

  private ContextElements() {}

  /** Takes what they have on the calling thread; gives what installs it on another. */
  static Runnable capture() {
    if (ALL.isEmpty()) {
      return ContextElements::installNothing;
    }
    List<Runnable> captured = new ArrayList<>();
    for (ContextElement element : ALL) {
      try {
        Runnable install = element.capture();
        if (install != null) {
          captured.add(install);
        }
      } catch (Throwable thrown) {
        Probes.reported(thrown, "a context element that captures");
      }
    }
    return () -> captured.forEach(ContextElements::install);
  }

  private static void installNothing() {}

  private static void install(Runnable element) {
    try {
      element.run();
    } catch (Throwable thrown) {
      Probes.reported(thrown, "a context element that is installed");
    }
  }

  private static List<ContextElement> find() {
    List<ContextElement> found = new ArrayList<>();
    Iterator<ContextElement> all =
        ServiceLoader.load(ContextElement.class, ContextElement.class.getClassLoader()).iterator();
    int tries = 0;
    while (tries < MAX_TRIES && addNext(all, found)) {
      tries++; // one after the other, as one may be broken; or all of them, each time
    }
    return List.copyOf(found);
  }

  private static boolean addNext(Iterator<ContextElement> all, List<ContextElement> found) {
    try {
      if (!all.hasNext()) {
        return false;
      }
      found.add(all.next());
    } catch (ServiceConfigurationError | LinkageError broken) {
      Probes.reported(broken, "finding context elements");
    }
    return true;
  }
}
