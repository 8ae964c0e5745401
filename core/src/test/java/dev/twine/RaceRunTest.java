package dev.twine;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The two lengths of a {@link RaceRun}. The library is loaded anew for it, without the probe that
 * watches the other tests: so what runs here is what runs in a program, fast paths included.
 */
class RaceRunTest {

  @Test
  @Tag("race")
  void everyCallbackRunsOnceAndInOrder() throws Throwable {
    run("500000", "20260101");
  }

  @Test
  @Tag("long")
  void everyCallbackRunsOnceAndInOrderInTenMillionRounds() throws Throwable {
    run("10000000");
  }

  private static void run(String... args) throws Throwable {
    URL[] classes = {
      Deferred.class.getProtectionDomain().getCodeSource().getLocation(),
      RaceRun.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (Unwatched loader = new Unwatched(classes)) {
      Class<?> run = loader.loadClass(RaceRun.class.getName());
      run.getDeclaredMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Loads the library and its tests itself, and everything else as usual; knows of no probe. */
  private static final class Unwatched extends URLClassLoader {

    Unwatched(URL[] classes) {
      super(classes, RaceRunTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith("dev.twine.")) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("META-INF/services/" + Probe.class.getName())
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
