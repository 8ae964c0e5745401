package dev.twine.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other processes: JVMs that run a main class of these tests. */
final class Children {

  private Children() {}

  static Process start(Class<?> main, Object... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                placeOf(Deferred.class) + File.pathSeparator + placeOf(main),
                main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The pid of a process that is no more. */
  static long ended() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEnds(process, 60);
    return process.pid();
  }

  static void assertEnds(Process process, long seconds) throws InterruptedException {
    boolean ended = process.waitFor(seconds, SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("the process ends in time").isTrue();
    assertThat(process.exitValue()).as("the exit value").isZero();
  }
}
