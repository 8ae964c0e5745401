package dev.twine.benchmarks;

import java.util.List;

/** Who does the job of a row; a benchmark method has the name of its subject. */
enum Subject {
  TWINE("twine"),
  PREPARED("prepared"),
  /** Coroutines of the other style. */
  INLINE_CALLBACKS("inlineCallbacks"),
  /** A semaphore of which nobody else has a permit. */
  SEMAPHORE("semaphore"),
  /** A lock that ten thousand others wait for. */
  QUEUED("queued"),
  /** A Deferred that is only made and fired; see {@link LockRow}. */
  BARE("bare"),
  /** The JDK's scheduled executor, which removes what is cancelled. */
  EXECUTOR("executor"),
  /** One of the JDK's, which waits in {@code CompletableFuture.join()}. */
  VIRTUAL_THREAD("virtualThread"),
  /** A suspend function, which awaits a {@code CompletableDeferred}. */
  KOTLIN("kotlin"),
  COMPLETABLE_FUTURE("completableFuture"),
  TRANE("trane"),
  RXJAVA("rxjava"),
  STUMBLEUPON("stumbleupon"),
  FLOOR("floor");

  final String method;

  Subject(String method) {
    this.method = method;
  }

  /** What is compared with others; where one of these is, the first one is. */
  static final List<Subject> OURS = List.of(TWINE, PREPARED, INLINE_CALLBACKS, SEMAPHORE, QUEUED);

  /** Whether it is another library, which Twine is compared with, or stands for one. */
  boolean isPeer() {
    return this == COMPLETABLE_FUTURE
        || this == TRANE
        || this == RXJAVA
        || this == STUMBLEUPON
        || this == EXECUTOR
        || this == VIRTUAL_THREAD
        || this == KOTLIN
        || this == BARE;
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
