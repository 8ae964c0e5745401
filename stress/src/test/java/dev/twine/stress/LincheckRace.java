package dev.twine.stress;

import java.util.Set;

/** What Lincheck races, and what it holds the outcomes against. */
@SuppressWarnings("ImmutableEnumChecker") // its sets are made by Set.of
enum LincheckRace {
  DEFERRED(
      LincheckDeferred.class,
      LincheckDeferred.Plain.class,
      2,
      3,
      Set.of("add", "state"),
      Set.of("fire", "cancel")),

  HOLDING(
      LincheckHolding.class,
      LincheckHolding.Plain.class,
      3,
      3,
      Set.of("add", "state"),
      Set.of("fire", "hold")),

  WAITING(
      LincheckWaiting.class,
      LincheckWaiting.Plain.class,
      3,
      3,
      Set.of("add", "await", "watch", "fire", "state"),
      Set.of("fireInner", "cancel")),

  GATHER(LincheckGather.class, LincheckGather.Plain.class, 0, 2, Set.of(), Set.of("fire"));

  /** The operations that threads call at random. */
  final Class<?> raced;

  /** The same operations without threads. */
  final Class<?> plain;

  /** How many operations there are before the threads start. */
  final int before;

  /** How many operations each thread calls. */
  final int perThread;

  /** Those that may be called before: not those that leave nothing for the threads to decide. */
  final Set<String> preparing;

  /** Those that the threads are to meet at. */
  final Set<String> deciding;

  LincheckRace(
      Class<?> raced,
      Class<?> plain,
      int before,
      int perThread,
      Set<String> preparing,
      Set<String> deciding) {
    this.raced = raced;
    this.plain = plain;
    this.before = before;
    this.perThread = perThread;
    this.preparing = preparing;
    this.deciding = deciding;
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
