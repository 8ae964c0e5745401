package dev.twine.benchmarks;

/** Who does the job of a row; a benchmark method has the name of its subject. */
enum Subject {
  TWINE("twine"),
  PREPARED("prepared"),
  COMPLETABLE_FUTURE("completableFuture"),
  TRANE("trane"),
  RXJAVA("rxjava"),
  STUMBLEUPON("stumbleupon"),
  FLOOR("floor");

  final String method;

  Subject(String method) {
    this.method = method;
  }

  /** Whether it is another library, which Twine is compared with. */
  boolean isPeer() {
    return this == COMPLETABLE_FUTURE || this == TRANE || this == RXJAVA || this == STUMBLEUPON;
  }

  static Subject of(String method) {
    for (Subject subject : values()) {
      if (subject.method.equals(method)) {
        return subject;
      }
    }
    throw new IllegalArgumentException("no subject has benchmarks named " + method);
  }
}
