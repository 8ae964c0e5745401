package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program waits in one place; everything else are callbacks. */
class OneWaitTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/twine/linkcheck");

  private static final Pattern WAITS =
      Pattern.compile(
          "\\.get\\(\\)|\\.get\\(Duration|\\.join\\(\\)|\\.await|\\.sleep\\(|\\.wait\\(|\\.park"
              + "|CountDownLatch|Semaphore|CompletableFuture|toCompletableFuture|FutureTask");

  @Test
  void mainIsTheOnlyPlaceThatWaits() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      List<String> waits =
          sources.flatMap(OneWaitTest::lines).filter(line -> WAITS.matcher(line).find()).toList();
      assertThat(waits)
          .containsExactlyInAnyOrder(
              "Main.java: System.exit(run(Screen.system(), arguments).get());",
              // These get what is there already: a text, and the outcome of work that is done.
              "Progress.java: () -> screen.progress(text.get() + \", \""
                  + " + Seconds.about(scheduler.now().minus(begin))));",
              "Progress.java: .chainBoth(outcome -> stopped.addCallback(over -> outcome.get()));");
    }
  }

  private static Stream<String> lines(Path source) {
    try {
      return Files.readAllLines(source).stream()
          .map(line -> source.getFileName() + ": " + line.strip());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
