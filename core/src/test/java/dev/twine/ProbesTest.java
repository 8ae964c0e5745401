package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How probes are found; and the core's own tests once more in a JVM that has none. */
class ProbesTest {

  private static final List<Class<?>> AGAIN =
      List.of(
          DeferredTest.class,
          StepTest.class,
          ChainTest.class,
          HeldTest.class,
          LinkTest.class,
          CancellationTest.class,
          TimeoutTest.class,
          FuturesTest.class,
          GettingTest.class,
          DeferredListTest.class,
          ContestTest.class);

  @TestFactory
  Stream<DynamicTest> withoutProbes() throws Exception {
    Copy copy = new Copy("");
    assertThat(copy.isPresent()).isFalse();
    return AGAIN.stream()
        .flatMap(type -> Stream.of(copy.loadClass(type).getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .filter(method -> !method.isAnnotationPresent(Tag.class))
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                    () -> invoke(method)));
  }

  private static void invoke(Method test) throws Throwable {
    Constructor<?> constructor = test.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    test.setAccessible(true);
    try {
      test.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void probesAreFoundAsServices() throws Exception {
    assertThat(new Copy(Reports.class.getName()).isPresent()).isTrue();
  }

  @Test
  void aServiceThatCanNotBeUsedIsLoggedAndLeftOut() throws Exception {
    Reports.logged();

    assertThat(new Copy("dev.twine.IsNotThere").isPresent()).isFalse();
    assertThat(Reports.logged())
        .extracting(LogRecord::getMessage)
        .containsExactly("a probe can't be used");
  }

  /** The classes of the core and its tests once more, with other probes. */
  private static final class Copy extends ClassLoader {

    private final String providers;

    Copy(String providers) {
      super(ProbesTest.class.getClassLoader());
      this.providers = providers;
    }

    /** Whether the copy of the core has found a probe. */
    boolean isPresent() throws Exception {
      Field present = loadClass(Probes.class).getDeclaredField("PRESENT");
      present.setAccessible(true);
      return present.getBoolean(null);
    }

    Class<?> loadClass(Class<?> original) {
      try {
        return loadClass(original.getName());
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.twine.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      Class<?> original = Class.forName(name, false, getParent());
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length, original.getProtectionDomain());
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("META-INF/services/" + Probe.class.getName())
          ? Collections.enumeration(services())
          : super.getResources(name);
    }

    private List<URL> services() throws IOException {
      if (providers.isEmpty()) {
        return List.of();
      }
      Path file = Files.createTempFile("probes", "");
      file.toFile().deleteOnExit();
      Files.writeString(file, providers);
      return List.of(file.toUri().toURL());
    }
  }
}
