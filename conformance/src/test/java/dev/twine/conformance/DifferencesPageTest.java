package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/differences.md} tells what is so. */
class DifferencesPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern SCENARIO = Pattern.compile("`(B\\d{3}-[\\w-]+)`");

  private final String page;

  DifferencesPageTest() throws IOException {
    page = Files.readString(ROOT.resolve("docs/differences.md")).replaceAll("\\s+", " ");
  }

  @Test
  void itQuotesEveryDecisionThatExplainsAnExpectedDifference() {
    assertThat(page).contains(Set.copyOf(ExpectedDifferences.shipped().reasons().values()));
  }

  @Test
  void itNamesTheScenariosWrittenByHandThatDiffer() throws IOException {
    Set<String> listed =
        ScenarioFile.read(ReplayCommand.shipped().resolve("hand.jsonl")).scenarios().stream()
            .map(Scenario::id)
            .filter(ExpectedDifferences.shipped().reasons()::containsKey)
            .collect(Collectors.toSet());
    Set<String> named =
        SCENARIO.matcher(page).results().map(match -> match.group(1)).collect(Collectors.toSet());
    assertThat(named).isEqualTo(listed);
  }

  @Test
  void theTestsItNamesExist() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    TEST.matcher(page)
        .results()
        .forEach(
            match ->
                named.computeIfAbsent(match.group(1), test -> new TreeSet<>()).add(match.group(2)));
    assertThat(named).isNotEmpty();
    for (Map.Entry<String, Set<String>> test : named.entrySet()) {
      String source = source(test.getKey() + ".java");
      assertThat(test.getValue())
          .as("methods of " + test.getKey())
          .allMatch(method -> source.contains(" void " + method + "("));
    }
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> core = Files.walk(ROOT.resolve("core/src"));
        Stream<Path> conformance = Files.walk(ROOT.resolve("conformance/src"))) {
      List<Path> found =
          Stream.concat(core, conformance).filter(file -> file.endsWith(name)).toList();
      assertThat(found).as("sources named " + name).hasSize(1);
      return Files.readString(found.get(0));
    }
  }
}
