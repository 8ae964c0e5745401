package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

  private static final String PASSES =
      """
      {"id":"good","ops":[{"op":"succeed","d":"d0","v":1}],"trace":[[]],\
      "final":{"d":{"d0":{"s":"value","r":1}},"p":{},"timers":[],"unhandled":[]}}
      """;
  private static final String FAILS = PASSES.replace("good", "bad").replace("\"r\":1", "\"r\":2");
  private static final String UNKNOWN = PASSES.replace("good", "odd").replace("succeed", "dance");

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void allWell() throws IOException {
    Path file = file("a.jsonl", PASSES);
    assertThat(run(file)).isZero();
    assertThat(lines(out))
        .containsExactly(
            "a.jsonl: 1 passed, 0 failed, 0 not replayed",
            "1 passed, 0 failed, 0 not replayed, coroutines on " + Engine.current());
    assertThat(lines(err)).isEmpty();
  }

  @Test
  void aFolderMeansItsFilesOfScenarios() throws IOException {
    file("b.jsonl", PASSES + FAILS);
    file("a.jsonl", UNKNOWN);
    file("c.txt", "anything");
    assertThat(run(folder)).isEqualTo(1);
    assertThat(lines(out))
        .containsExactly(
            "a.jsonl: 0 passed, 0 failed, 1 not replayed",
            "bad: final state of d0: expected {\"s\":\"value\",\"r\":2},"
                + " got {\"s\":\"value\",\"r\":1} ("
                + Way.different().iterator().next()
                + ")",
            "b.jsonl: 1 passed, 1 failed, 0 not replayed",
            "scenarios not replayed, by operation: dance 1",
            "1 passed, 1 failed, 1 not replayed, coroutines on " + Engine.current());
  }

  @Test
  void aFileThatIsNotThere() {
    Path missing = folder.resolve("missing.jsonl");
    assertThat(run(missing)).isEqualTo(2);
    assertThat(lines(err)).containsExactly("replay: no such file or folder: " + missing);
    assertThat(lines(out)).isEmpty();
  }

  @Test
  void aFolderWithoutScenarios() {
    assertThat(run(folder)).isEqualTo(2);
    assertThat(lines(err)).containsExactly("replay: no .jsonl file in " + folder);
  }

  @Test
  void aLineThatIsNoScenario() throws IOException {
    Path file = file("a.jsonl", PASSES + "\n{\"id\":\"x\",\"ops\":[]}\n");
    assertThat(run(file)).isEqualTo(2);
    assertThat(lines(err))
        .containsExactly(
            "replay: " + file + ":3: \"trace\" is missing or no List in {\"id\":\"x\",\"ops\":[]}");
  }

  @Test
  void aTraceThatIsNone() throws IOException {
    Path file = file("a.jsonl", PASSES.replace("[[]]", "[1]"));
    assertThat(run(file)).isEqualTo(2);
    assertThat(lines(err))
        .containsExactly("replay: " + file + ":1: good: the trace is no list of lists of events");
    Path shorter = file("b.jsonl", PASSES.replace("[[]]", "[]"));
    assertThat(run(shorter)).isEqualTo(2);
    assertThat(lines(err))
        .contains("replay: " + shorter + ":1: good: 1 operations, but the trace has 0");
  }

  @Test
  void aLineThatIsNotJson() throws IOException {
    Path file = file("a.jsonl", "scenario\n");
    assertThat(run(file)).isEqualTo(2);
    assertThat(lines(err)).hasSize(1);
    assertThat(lines(err).get(0)).startsWith("replay: " + file + ":1: not JSON: ");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(Path path) {
    return ReplayCommand.run(
        List.of(path.toString()),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
