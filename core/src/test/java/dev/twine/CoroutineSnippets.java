package dev.twine;

import static dev.twine.Results.assertResult;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;
import static dev.twine.coroutine.Coroutines.runOnCaller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.coroutine.ContextElement;
import dev.twine.coroutine.Coroutines;
import dev.twine.coroutine.Generator;
import dev.twine.coroutine.WaitForDeferred;
import dev.twine.sync.DeferredLock;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation of coroutines. */
class CoroutineSnippets {

  private final DeferredLock lock = new DeferredLock();
  private final Deferred<String> page = new Deferred<>();
  private Label label = new Label();

  @Test
  void basic() {
    // @start region=basic
    Deferred<Integer> length =
        fromCoroutine(
            () -> {
              String title = await(fetch("/title"));
              String page = await(fetch("/page"));
              return title.length() + page.length();
            });
    // @end
    page.callback("page");
    assertResult(length, 4);
  }

  @SuppressWarnings("try") // the permit is closed, and not used otherwise
  @Test
  void lock() {
    // @start region=lock
    Deferred<Void> saved =
        fromCoroutine(
            () -> {
              try (var permit = await(lock.acquire())) {
                save(await(fetch("/page")));
              }
            });
    // @end
    assertThat(lock.isLocked()).isTrue();
    page.callback("page");
    assertResult(saved, null);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void inline() {
    // @start region=inline
    Function<String, Deferred<Integer>> lengthOf =
        inlineCallbacks(path -> await(fetch(path)).length());

    Deferred<Integer> length = lengthOf.apply("/page");
    // @end
    page.callback("page");
    assertResult(length, 4);
  }

  @Test
  void checked() {
    // @start region=checked
    Deferred<String> text =
        fromCoroutine(
            () -> {
              try {
                return await(fetch("/page"), FileNotFoundException.class);
              } catch (FileNotFoundException missing) {
                return "no such page";
              }
            });
    // @end
    page.errback(new FileNotFoundException());
    assertResult(text, "no such page");
  }

  @Test
  void caller() {
    label = new Label();
    // @start region=caller
    Deferred<Void> shown =
        fromCoroutine(
            () -> {
              String text = await(fetch("/page"));
              runOnCaller(() -> label.setText(text)); // on the thread that label belongs to
            });
    // @end
    page.callback("page");
    assertResult(shown, null);
    assertThat(label.text).isEqualTo("page");
  }

  @Test
  void context() {
    // @start region=context
    class LogNames implements ContextElement {
      @Override
      public Runnable capture() {
        String name = LogName.get();
        return () -> LogName.set(name);
      }
    }
    // @end
    LogName.set("request 1");
    Runnable installation = new LogNames().capture();
    LogName.set("request 2");
    installation.run();
    assertThat(LogName.get()).isEqualTo("request 1");
  }

  /** Stands for what a logger keeps for each thread. */
  private static final class LogName {
    private static final ThreadLocal<String> NAME = ThreadLocal.withInitial(() -> "none");

    static String get() {
      return NAME.get();
    }

    static void set(String name) {
      NAME.set(name);
    }
  }

  /** A widget that belongs to one thread. */
  private static final class Label {
    private final Thread owner = Thread.currentThread();
    private String text = "";

    void setText(String text) {
      assertThat(Thread.currentThread()).isSameAs(owner);
      this.text = text;
    }
  }

  @Test
  void generator() {
    List<String> lines = new ArrayList<>();
    // @start region=generator
    Generator<Long> powersOfTwo =
        Generator.of(
            y -> {
              for (long power = 1; ; power *= 2) {
                y.yield(power);
              }
            });

    for (int i = 0; i < 10; i++) {
      lines.add("2 to the " + i + " is " + powersOfTwo.next());
    }
    // @end
    powersOfTwo.close();
    assertThat(lines).hasSize(10).endsWith("2 to the 9 is 512");
  }

  @Test
  void generatorClose(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("text"), "one\ntwo: found\nthree\n");
    List<String> found = new ArrayList<>();
    // @start region=generator_close
    try (Generator<String> lines = linesOf(file)) {
      while (lines.hasNext() && found.isEmpty()) {
        String line = lines.next();
        if (line.contains("found")) {
          found.add(line);
        }
      }
    }
    // @end
    assertThat(found).containsExactly("two: found");
  }

  // @start region=generator_lines
  private static Generator<String> linesOf(Path file) {
    return Generator.of(
        y -> {
          try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
              y.yield(line);
            }
          }
        });
  }

  // @end

  @SuppressWarnings("deprecation") // it shows what is deprecated
  @Test
  void deferredGenerator() {
    // @start region=deferred_generator
    Supplier<Deferred<Integer>> lengthOfPage =
        Coroutines.deferredGenerator(
            y -> {
              WaitForDeferred<String> fetched = Coroutines.waitForDeferred(fetch("/page"));
              y.yield(fetched);
              y.yield(fetched.getResult().length());
            });

    Deferred<Integer> length = lengthOfPage.get();
    // @end
    page.callback("page");
    assertResult(length, 4);
  }

  private Deferred<String> fetch(String path) {
    return path.equals("/page") ? page : Deferred.succeed("");
  }

  private static void save(String text) {
    assertThat(text).isEqualTo("page");
  }
}
