package dev.twine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** JUnit and AssertJ are needed by who uses them, and by nobody else. */
class OptionalLibrariesTest {

  private static URL home(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void withoutJUnitAndAssertJTheRestWorks() throws Exception {
    URL[] only = {home(Deferred.class), home(Results.class)};
    try (URLClassLoader loader = new URLClassLoader(only, ClassLoader.getPlatformClassLoader())) {
      Class<?> deferredClass = loader.loadClass("dev.twine.Deferred");
      Object deferred = deferredClass.getMethod("succeed", Object.class).invoke(null, "a");

      Object result =
          loader
              .loadClass("dev.twine.testing.Results")
              .getMethod("successResultOf", deferredClass)
              .invoke(null, deferred);

      assertThat(result).isEqualTo("a");
      assertThat(deferredClass).isNotSameAs(Deferred.class);
      assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
