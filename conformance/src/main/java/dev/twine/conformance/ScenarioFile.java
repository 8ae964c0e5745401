package dev.twine.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of scenarios, one on each line.
 *
 * @param name how the file is called in reports
 * @param scenarios what is in it
 */
record ScenarioFile(String name, List<Scenario> scenarios) {

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if a line is not a scenario; the message names the line
   * @throws IOException if the file can't be read
   */
  static ScenarioFile read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    List<Scenario> scenarios = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank()) {
        scenarios.add(parse(line, file + ":" + number));
      }
    }
    return new ScenarioFile(name, List.copyOf(scenarios));
  }

  private static Scenario parse(String line, String where) {
    try {
      return Scenario.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
