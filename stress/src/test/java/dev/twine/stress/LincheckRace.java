package dev.twine.stress;

import java.util.Set;

/** What Lincheck races, and what it holds the outcomes against. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are made by Set.of
enum LincheckRace {
  DEFERRED(
      LincheckDeferred.class,
      LincheckDeferred.Plain.class,
      2,
      Set.of("add", "addBoth", "state"),
      Set.of("fire"),
      Set.of("add", "addBoth", "fire", "cancel", "pause", "unpause")),

  HOLDING(
      LincheckHolding.class,
      LincheckHolding.Plain.class,
      3,
      Set.of("add", "state"),
      Set.of("fire"),
      Set.of("hold")),

  WAITING(
      LincheckWaiting.class,
      LincheckWaiting.Plain.class,
      3,
      Set.of("add", "await", "watch", "fire", "state"),
      Set.of("fireInner"),
      Set.of("await", "cancel", "fire")),

  GATHER(
      LincheckGather.class,
      LincheckGather.Plain.class,
      0,
      Set.of(),
      Set.of("fire"),
      Set.of("fire")),

  LOCK(
      LincheckLock.class,
      LincheckLock.Plain.class,
      1,
      Set.of("acquire"),
      Set.of("release", "close"),
      Set.of("acquire", "cancel")),

  SEMAPHORE(
      LincheckSemaphore.class,
      LincheckSemaphore.Plain.class,
      3,
      Set.of("acquire"),
      Set.of("release", "close"),
      Set.of("acquire", "cancel", "close")),

  QUEUE(
      LincheckQueue.class,
      LincheckQueue.Plain.class,
      2,
      Set.of("get", "put", "putDeferred"),
      Set.of("put", "putDeferred", "setSize"),
      Set.of("get", "cancel"));

  /** The operations that threads call at random. */
  final Class<?> raced;

  /** The same operations without threads. */
  final Class<?> plain;

  /** How many operations there are before the threads start. */
  final int before;

  /** Those that may be called before: not those that leave nothing for the threads to decide. */
  final Set<String> preparing;

  /** One of these the first thread calls in any case. */
  final Set<String> first;

  /** One of these the second thread calls in any case. */
  final Set<String> second;

  LincheckRace(
      Class<?> raced,
      Class<?> plain,
      int before,
      Set<String> preparing,
      Set<String> first,
      Set<String> second) {
    this.raced = raced;
    this.plain = plain;
    this.before = before;
    this.preparing = preparing;
    this.first = first;
    this.second = second;
  }

  static LincheckRace of(Class<?> raced) {
    for (LincheckRace race : values()) {
      if (race.raced == raced) {
        return race;
      }
    }
    throw new IllegalArgumentException(raced.toString());
  }
}
