package dev.twine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BrokenCoreTest {

  private static final String NAME = "BrokenCoreTest";

  @Test
  void aTwinInFrontOfTheCoreHasTheFlaw() throws Exception {
    Path twin =
        BrokenCore.compile(NAME, "Chain.java", "a Deferred\n  fires once only", "it is broken");
    String classPath = ClassPath.joined(twin.toString(), ClassPath.ofThisJvm());
    try (URLClassLoader loader =
        new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
      Class<?> broken = loader.loadClass(Deferred.class.getName());
      assertThat(broken).isNotSameAs(Deferred.class);
      Object deferred = broken.getConstructor().newInstance();
      Method callback = broken.getMethod("callback", Object.class);
      callback.invoke(deferred, "first");
      assertThatThrownBy(() -> callback.invoke(deferred, "second"))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageStartingWith("it is broken");
    }
  }

  @Test
  void aTwinIsOfThePackageThatItsFileIsIn() {
    Path twin = BrokenCore.compile(NAME, "sync/DeferredEvent.java", "return set;", "return !set;");
    assertThat(twin.resolve("dev/twine/sync/DeferredEvent.class")).isRegularFile();
  }

  private static URL[] urls(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(BrokenCoreTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void aTextThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> BrokenCore.compile(NAME, "Chain.java", "no such text", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not in Chain.java, so nothing is broken: no such text");
  }

  @Test
  void aTextThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> BrokenCore.compile(NAME, "Chain.java", "RUNNING", "null"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("more than once in Chain.java: RUNNING");
  }

  @Test
  void aTwinThatIsNoJavaIsRefused() {
    assertThatThrownBy(() -> BrokenCore.compile(NAME, "Mark.java", "abstract class", "broken"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the twin can't be compiled");
  }
}
