package dev.twine.linkcheck;

import static dev.twine.linkcheck.DemoServer.html;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NothingUnhandled.class)
class MainTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final RecordedScreen screen = RecordedScreen.piped();

  @AfterEach
  void nothingLooksLikeAStackTrace() {
    assertThat(Stream.concat(screen.lines().stream(), screen.complaints().stream()))
        .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
  }

  @Test
  void withoutFindingsTheStatusIs0() throws Exception {
    try (DemoServer server = DemoServer.start()) {
      server.at("/", html("<a href=/>"));
      assertThat(run("check", server.address())).isEqualTo(0);
      assertThat(screen.lines())
          .startsWith("Checking " + server.address())
          .last()
          .asString()
          .matches("1 page with 1 link to 1 address checked in .* s: no findings");
    }
  }

  @Test
  void withFindingsTheStatusIs1() throws Exception {
    try (DemoServer server = DemoServer.start()) {
      server.at("/", html("<a href=x>"));
      assertThat(run("check", server.address(), "--concurrency=1", "--timeout=30")).isEqualTo(1);
      assertThat(screen.lines()).contains(server.address() + "/", "  link        x  404 Not Found");
    }
  }

  @Test
  void aFolderIsCheckedLikeASite() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("index.html"), "<a href=sub/a.html#x><img src=sub/i.png>");
    Files.writeString(folder.resolve("sub/a.html"), "<p id=x><a href=..><a href=/sub/lost.html>");
    Files.writeString(folder.resolve("sub/i.png"), "");
    assertThat(run("check", folder.toString())).isEqualTo(1);
    assertThat(screen.lines())
        .contains("  link        /sub/lost.html  no such file")
        .last()
        .asString()
        .contains(" 1 finding ");
  }

  @Test
  void severalTargetsAreCheckedTogether() throws Exception {
    Files.writeString(folder.resolve("a.html"), "");
    try (DemoServer server = DemoServer.start()) {
      server.at("/", html(""));
      assertThat(run("check", folder.toString(), server.address())).isEqualTo(0);
      assertThat(screen.lastLine()).startsWith("2 pages with 0 links to 2 addresses");
    }
  }

  @Test
  void aHostThatDoesNotExistIsOneFinding() throws Exception {
    assertThat(run("check", "http://name.invalid/")).isEqualTo(1);
    assertThat(screen.lines())
        .contains("http://name.invalid/", "  page        (itself)  host not found")
        .last()
        .asString()
        .contains(" 1 finding ");
  }

  static Stream<Arguments> mistakes() {
    Map<List<String>, String> explanations =
        Map.ofEntries(
            Map.entry(List.of(), "there is one command, 'check'"),
            Map.entry(List.of("frob"), "'frob'"),
            Map.entry(List.of("check"), "say what to check"),
            Map.entry(List.of("check", "--frob"), "'--frob'"),
            Map.entry(List.of("check", "no such folder"), "there is no folder 'no such folder'"),
            Map.entry(List.of("check", "http://[x"), "malformed address 'http://[x'"),
            Map.entry(List.of("check", "gopher://x"), "only http and https addresses"),
            Map.entry(List.of("check", "--demo", "http://host/"), "--demo brings a site"),
            Map.entry(List.of("check", "--timeout"), "--timeout"),
            Map.entry(List.of("check", "--timeout=0", "--demo"), "no time from 0.001"),
            Map.entry(List.of("check", "--timeout=-1", "--demo"), "no time from 0.001"),
            Map.entry(List.of("check", "--timeout=1e999999", "--demo"), "no time from 0.001"),
            Map.entry(List.of("check", "--timeout=soon", "--demo"), "no time from 0.001"),
            Map.entry(List.of("check", "--concurrency=0", "--demo"), "from 1 to 1000"),
            Map.entry(List.of("check", "--concurrency=1001", "--demo"), "from 1 to 1000"),
            Map.entry(List.of("check", "--concurrency=many", "--demo"), "'many'"));
    return explanations.entrySet().stream()
        .map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void badUsageIsExplainedInOneLineAndTheStatusIs2(List<String> arguments, String explanation)
      throws Exception {
    assertThat(run(arguments.toArray(new String[0]))).isEqualTo(2);
    assertThat(screen.lines()).isEmpty();
    assertThat(screen.complaints()).hasSize(2);
    assertThat(screen.complaints().get(0)).startsWith("twine: ").contains(explanation);
    assertThat(screen.complaints().get(1)).isEqualTo("See: twine check --help");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void helpIsThereForTheAsking(List<String> arguments, String answer) throws Exception {
    assertThat(run(arguments.toArray(new String[0]))).isEqualTo(0);
    assertThat(screen.text()).contains(answer);
    assertThat(screen.complaints()).isEmpty();
    assertThat(screen.lines()).allMatch(line -> line.length() <= 80);
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        Arguments.of(List.of("--help"), "Commands:"),
        Arguments.of(List.of("check", "-h"), "--timeout=SECONDS"),
        Arguments.of(List.of("check", "--help"), "is asked up to two more times"));
  }

  private int run(String... arguments) throws Exception {
    return Main.run(screen.screen(), arguments).get(LONG);
  }
}
