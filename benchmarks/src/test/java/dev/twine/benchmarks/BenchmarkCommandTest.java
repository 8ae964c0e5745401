package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> forks = new ArrayList<>();

  /** Twine takes 9 ns, everybody else 10. */
  private List<Sample> measure(Plan plan, int fork, Pace pace, List<String> flags) {
    forks.add(plan.name + " " + fork + String.join("", flags));
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= pace.rounds(); round++) {
      for (Subject subject : plan.subjects()) {
        double cpu = subject == Subject.TWINE ? 9 : 10;
        samples.add(
            new Sample(plan.name, Variant.ESCAPING, subject, fork, round, cpu, cpu, 24, ""));
      }
    }
    return samples;
  }

  private Path file() {
    return folder.resolve("target/samples.csv");
  }

  private int run(BenchmarkCommand.Measuring measuring, String... arguments) throws Exception {
    return BenchmarkCommand.run(
        measuring,
        file(),
        List.of(arguments),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void measuresTheNamedRows() throws Exception {
    assertThat(run(this::measure, "--quick", "chain10", "chain1")).isZero();
    assertThat(forks).containsExactly("chain10 1", "chain10 2", "chain1 1", "chain1 2");
    assertThat(text(out))
        .contains(
            "  escaping  twine / completableFuture 0.900 (0.900 .. 0.900), to reach 0.9: reached")
        .contains("1 of 2 goals reached; not:\n  chain1: twine / completableFuture 0.900")
        .endsWith("Every sample is in " + file() + "\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void passesFlagsOn() throws Exception {
    assertThat(run(this::measure, "--quick", "--jvm=-Da=b", "chain1", "--jvm=-Xint")).isZero();
    assertThat(forks).containsExactly("chain1 1-Da=b-Xint", "chain1 2-Da=b-Xint");
    assertThat(text(out)).contains("\nJVM flags: -Da=b -Xint\n");
  }

  @Test
  void countsAmountsAmongTheGoals() throws Exception {
    assertThat(run(this::measure, "--quick", "suspended", "await")).isZero();
    assertThat(text(out))
        .contains(
            "1 of 2 goals reached; not:\n  await: twine 9.00 ns (9.00 .. 9.00), to reach 2.0: NOT");
  }

  @Test
  void measuresAllRowsIfNoneIsNamed() throws Exception {
    assertThat(run(this::measure)).isZero();
    assertThat(forks).hasSize(Plan.ALL.size() * Pace.FULL.forks());
  }

  @Test
  void saysWhatItRanOn() throws Exception {
    run(this::measure, "chain1");
    assertThat(text(out).lines().findFirst().orElseThrow())
        .startsWith(System.getProperty("java.vm.name"))
        .contains(Runtime.getRuntime().availableProcessors() + " cores");
  }

  @Test
  void atLeastSevenRounds() {
    assertThat(Pace.QUICK.forks() * Pace.QUICK.rounds()).isGreaterThanOrEqualTo(7);
    assertThat(Pace.FULL.forks() * Pace.FULL.rounds()).isGreaterThanOrEqualTo(7);
  }

  @Test
  void writesEverySampleToTheFile() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "of another run");
    run(this::measure, "--quick", "chain1", "chain10");
    assertThat(Files.readAllLines(file()))
        .hasSize(1 + 2 * 6 * 8)
        .startsWith(Sample.HEADER, "chain1,escaping,twine,1,1,9.0000,9.0000,24.00,")
        .endsWith("chain10,escaping,floor,2,4,10.0000,10.0000,24.00,");
  }

  @Test
  void aRowThatIsNotThere() throws Exception {
    assertThat(run(this::measure, "chain1", "chain2")).isEqualTo(2);
    assertThat(text(err))
        .startsWith("benchmarks/run: there is no row 'chain2'; the rows are createFire chain1 ")
        .endsWith("\nSee: benchmarks/run --help\n");
    assertThat(forks).isEmpty();
  }

  @Test
  void anOptionThatIsNotThere() throws Exception {
    assertThat(run(this::measure, "--slow")).isEqualTo(2);
    assertThat(text(err)).startsWith("benchmarks/run: Unknown option: '--slow'\n");
  }

  @Test
  void help() throws Exception {
    assertThat(run(this::measure, "--help")).isZero();
    assertThat(text(out))
        .startsWith("Usage: benchmarks/run ")
        .contains("--quick", "The rows: createFire ");
    assertThat(forks).isEmpty();
  }

  @Test
  void aJvmThatFails() throws Exception {
    int status =
        run(
            (plan, fork, pace, flags) -> {
              throw new IOException("the JVM that measured chain1 ended with 1");
            },
            "chain1");
    assertThat(status).isEqualTo(1);
    assertThat(text(err)).isEqualTo("benchmarks/run: the JVM that measured chain1 ended with 1\n");
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
