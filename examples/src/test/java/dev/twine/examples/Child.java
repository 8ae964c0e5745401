package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program in a process of its own. It is killed if it takes too long, which ends every wait. */
final class Child implements AutoCloseable {

  /** How one has ended, with the lines that had not been read before. */
  record End(List<String> lines, String errors, int status) {}

  private static final long MOST_SECONDS = 120;

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** With these a JVM says on stderr that it has seen them. */
  private static final Set<String> NOISY =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix());
    command.addAll(
        List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(NOISY);
    Process process = builder.start();
    CompletableFuture<?> unused =
        process
            .onExit()
            .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
    return new Child(process);
  }

  /**
   * What a shell without job control puts into the background ignores SIGINT, and so would each of
   * its descendants, a JVM too, unless somebody sets that right.
   */
  private static List<String> prefix() throws IOException {
    return ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path self = Path.of("/proc/self/status");
    if (!Files.exists(self)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(self)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> line.substring("SigIgn:".length()).strip())
          .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 2) != 0);
    }
  }

  private static String classPath() {
    return Stream.of(Deferred.class, Greeter.class, Child.class)
        .map(Child::placeOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Waits for a line on stdout. */
  String nextLine() throws IOException {
    return output.readLine();
  }

  /** Sends SIGTERM. {@code Process.destroy()} would close the streams as well. */
  void terminate() {
    assertThat(process.supportsNormalTermination()).isTrue();
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Sends SIGINT, as Control-C does. */
  void interrupt() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-INT", pid).inheritIO().start().waitFor()).isZero();
  }

  /** Waits for the end. */
  End end() throws IOException, InterruptedException {
    List<String> lines = output.lines().toList();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new End(lines, errors, process.waitFor());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
