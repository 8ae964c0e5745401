package dev.twine.stress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The table in {@code races.txt}: what two threads may meet, and the races in which they do. */
final class RaceTable {

  private static final String STAR = "*";

  /**
   * One row.
   *
   * @param meeting what meets what
   * @param entries the races in which it does; a star behind the most telling ones
   */
  private record Row(String meeting, List<String> entries) {

    static Row of(String line) {
      String[] parts = line.split(": *", 2);
      String entries = parts.length == 2 ? parts[1].strip() : "";
      return new Row(parts[0], entries.isEmpty() ? List.of() : List.of(entries.split(", *")));
    }

    boolean has(String race) {
      return entries.contains(race) || entries.contains(race + STAR);
    }
  }

  private final List<Row> rows;

  RaceTable() {
    try (InputStream table = RaceTable.class.getResourceAsStream("races.txt")) {
      rows =
          new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .map(Row::of)
              .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The simple names of all races. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    for (Row row : rows) {
      row.entries.forEach(entry -> all.add(entry.replace(STAR, "")));
    }
    return all;
  }

  /** Those that every build runs. */
  Set<String> mostTelling() {
    Set<String> starred = new TreeSet<>();
    for (Row row : rows) {
      row.entries.stream()
          .filter(entry -> entry.endsWith(STAR))
          .forEach(entry -> starred.add(entry.replace(STAR, "")));
    }
    return starred;
  }

  /** The rows in which no race stands. */
  List<String> empty() {
    return rows.stream().filter(row -> row.entries.isEmpty()).map(Row::meeting).toList();
  }

  /** How many rows there are. */
  int size() {
    return rows.size();
  }

  /** What meets what in a race. */
  String meetings(String race) {
    return rows.stream().filter(row -> row.has(race)).map(Row::meeting).collect(joining(", "));
  }
}
