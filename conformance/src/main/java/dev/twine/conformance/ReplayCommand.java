package dev.twine.conformance;

import dev.twine.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The program {@code conformance/replay}: replays files of scenarios and says where this library
 * differs from Twisted.
 *
 * <p>The arguments are files, or folders in which every {@code .jsonl} file is meant; without any
 * the scenarios are replayed that come with the program. The exit status is 0 if everything went as
 * it should, 1 if a scenario failed and 2 if there is no such file or it holds no scenarios.
 */
public final class ReplayCommand {

  /** Held here, because the JDK forgets the settings of a logger that nobody refers to. */
  private static final Logger LIBRARY = Logger.getLogger("dev.twine");

  private ReplayCommand() {}

  /**
   * Replays scenarios, and ends the program.
   *
   * @param arguments files and folders
   */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /** Does the work; returns the exit status. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    silenceLibrary();
    try {
      List<Path> files = new ArrayList<>();
      if (arguments.isEmpty()) {
        files.addAll(filesOf(shipped()));
      }
      for (String argument : arguments) {
        files.addAll(filesOf(Path.of(argument)));
      }
      List<ScenarioFile> scenarioFiles = new ArrayList<>();
      for (Path file : files) {
        scenarioFiles.add(ScenarioFile.read(file));
      }
      return replay(scenarioFiles, out);
    } catch (NoSuchFileException e) {
      err.println("replay: no such file or folder: " + e.getFile());
    } catch (IOException | IllegalArgumentException e) {
      err.println("replay: " + e.getMessage());
    }
    return 2;
  }

  /** Scenarios leave failures unhandled on purpose; the log would be full of them. */
  static void silenceLibrary() {
    LIBRARY.setLevel(Level.OFF);
  }

  /** The folder of the scenarios that come with the program. */
  static Path shipped() {
    URL folder = Objects.requireNonNull(ReplayCommand.class.getResource("/scenarios"));
    try {
      return Path.of(new URI(folder.toString()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The file itself, or all files of scenarios in a folder. */
  static List<Path> filesOf(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no .jsonl file in " + path);
      }
      return files;
    }
  }

  private static int replay(List<ScenarioFile> files, PrintStream out) {
    Replayer replayer = new Replayer(Operations.ALL, ExpectedDifferences.shipped());
    Report all = new Report();
    for (ScenarioFile file : files) {
      Report report = replayer.replay(file.scenarios());
      report.failures().forEach(out::println);
      out.println(file.name() + ": " + report.summary());
      all.addAll(report);
    }
    all.details().forEach(out::println);
    out.println(all.summary() + ", coroutines on " + Engine.current());
    return all.failures().isEmpty() ? 0 : 1;
  }
}
