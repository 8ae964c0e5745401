package dev.twine.benchmarks;

/** Whether the objects of a benchmark can be seen by others than its own method. */
enum Variant {
  ESCAPING,
  PLAIN;

  @Override
  public String toString() {
    return this == ESCAPING ? "escaping" : "plain";
  }
}
