package dev.twine.benchmarks;

/** What a row compares. */
enum Figure {
  CPU_TIME("ns"),
  BYTES("bytes");

  private final String unit;

  Figure(String unit) {
    this.unit = unit;
  }

  double of(Sample sample) {
    return this == CPU_TIME ? sample.cpu() : sample.bytes();
  }

  @Override
  public String toString() {
    return unit;
  }
}
