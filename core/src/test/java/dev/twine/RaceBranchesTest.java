package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Branches that only a lost race can reach are listed in {@code core/race-branches.txt}, each with
 * the race test that takes it. The coverage that the build demands counts them as missed all the
 * same; the list says why they are.
 */
class RaceBranchesTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  @Test
  void everyListedBranchIsThereAndHasItsRaceTest() throws Exception {
    for (String line : Files.readAllLines(MODULE.resolve("race-branches.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        Entry.of(line).check();
      }
    }
  }

  @Test
  void anEntryWhoseSourceIsGoneFails() {
    Entry entry =
        Entry.of("dev.twine.Action | if (lost) { | dev.twine.RaceBranchesTest$Races#lost");

    assertThatThrownBy(entry::check).hasMessageContaining("if (lost) {");
  }

  @Test
  void anEntryWhoseTestIsNoRaceTestFails() {
    Entry entry =
        Entry.of(
            "dev.twine.Action | public interface Action { | dev.twine.RaceBranchesTest"
                + "#anEntryWhoseSourceIsGoneFails");

    assertThatThrownBy(entry::check).hasMessageContaining("anEntryWhoseSourceIsGoneFails");
  }

  @Test
  void anEntryWithBothPasses() throws Exception {
    Entry.of("dev.twine.Action | public interface Action { | dev.twine.RaceBranchesTest$Races#lost")
        .check();
  }

  /** Stands for a class of race tests; not run, because it is not a top-level class. */
  @Tag("race")
  static class Races {
    @Test
    void lost() {
      assertThat(MODULE).isNotNull();
    }
  }

  /** One line of the list: the class, a line of its source, and the test that takes the branch. */
  private record Entry(String className, String sourceLine, String test) {

    static Entry of(String line) {
      List<String> parts = Stream.of(line.split(" \\| ", -1)).map(String::strip).toList();
      assertThat(parts).as("class | source line | test: %s", line).hasSize(3);
      return new Entry(parts.get(0), parts.get(1), parts.get(2));
    }

    void check() throws IOException, ReflectiveOperationException {
      Path source = MODULE.resolve("src/main/java/" + className.replace('.', '/') + ".java");
      assertThat(Files.readAllLines(source).stream().map(String::strip))
          .as("lines of %s", source)
          .contains(sourceLine);
      assertThat(isRaceTest()).as("%s is a test with the tag race", test).isTrue();
    }

    private boolean isRaceTest() throws ClassNotFoundException {
      String[] names = test.split("#", -1);
      Class<?> type = Class.forName(names[0]);
      return Stream.of(type.getDeclaredMethods())
          .filter(method -> method.getName().equals(names[1]))
          .anyMatch(method -> hasRaceTag(method) || hasRaceTag(type));
    }

    private static boolean hasRaceTag(AnnotatedElement element) {
      return Stream.of(element.getAnnotationsByType(Tag.class))
          .anyMatch(tag -> tag.value().equals("race"));
    }
  }
}
