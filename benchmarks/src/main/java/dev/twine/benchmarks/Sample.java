package dev.twine.benchmarks;

import java.util.Locale;

/**
 * What one subject took in one round.
 *
 * @param row the name of the row
 * @param variant whether the objects escaped
 * @param subject who did it
 * @param fork in which JVM, counted from 1
 * @param round in which round there, counted from 1
 * @param cpu CPU time of the benchmark thread, nanoseconds for an operation
 * @param wall nanoseconds for an operation
 * @param bytes allocated for an operation
 * @param engine what moved the coroutines, or nothing
 */
record Sample(
    String row,
    Variant variant,
    Subject subject,
    int fork,
    int round,
    double cpu,
    double wall,
    double bytes,
    String engine) {

  static final String HEADER = "row,variant,subject,fork,round,cpu_ns,wall_ns,bytes,engine";

  /** A line of comma separated values, in the order of the header. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d,%d,%.4f,%.4f,%.2f,%s",
        row,
        variant,
        subject.method,
        fork,
        round,
        cpu,
        wall,
        bytes,
        engine);
  }

  /** Reads such a line. */
  static Sample of(String line) {
    String[] values = line.split(",", -1);
    if (values.length != 9) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    return new Sample(
        values[0],
        Variant.valueOf(values[1].toUpperCase(Locale.ROOT)),
        Subject.of(values[2]),
        Integer.parseInt(values[3]),
        Integer.parseInt(values[4]),
        Double.parseDouble(values[5]),
        Double.parseDouble(values[6]),
        Double.parseDouble(values[7]),
        values[8]);
  }
}
