package dev.twine.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What there is to know about a row before it is measured: its name, its classes, the ratios to
 * reach, and who can't do it.
 */
final class Plan {

  /** All rows, in the order of the table. */
  static final List<Plan> ALL =
      List.of(
          new Plan("createFire", "made and fired", CreateFire.class, CreateFire.Plain.class)
              .toReach(Subject.TWINE, 1.0),
          new Plan(
                  "chain1",
                  "1 callback on a pending one, then fired",
                  Chain1.class,
                  Chain1.Plain.class)
              .toReach(Subject.TWINE, 0.85),
          new Plan(
                  "chain10",
                  "10 callbacks on a pending one, then fired",
                  Chain10.class,
                  Chain10.Plain.class)
              .toReach(Subject.TWINE, 0.9),
          new Plan(
                  "chain100",
                  "100 callbacks on a pending one, then fired",
                  Chain100.class,
                  Chain100.Plain.class)
              .toReach(Subject.TWINE, 1.1),
          new Plan("done10", "10 callbacks on a fired one", Done10.class, Done10.Plain.class)
              .toReach(Subject.TWINE, 1.4)
              .toReach(Subject.PREPARED, 0.75),
          new Plan(
                  "flat10", "10 callbacks that return fired ones", Flat10.class, Flat10.Plain.class)
              .toReach(Subject.TWINE, 1.3),
          new Plan(
                  "flatPend10",
                  "10 callbacks that return pending ones, which are then fired",
                  FlatPend10.class,
                  FlatPend10.Plain.class)
              .toReach(Subject.TWINE, 0.8),
          new Plan(
                  "fail10",
                  "fired with a failure, which the 10th callback recovers from",
                  Fail10.class,
                  Fail10.Plain.class)
              .toReach(Subject.TWINE, 0.95),
          new Plan(
                  "throw10",
                  "the 1st callback throws, the 10th recovers",
                  Throw10.class,
                  Throw10.Plain.class)
              .toReach(Subject.TWINE, 0.95),
          new Plan("failIdle", "failed, and handled later", FailIdle.class, FailIdle.Plain.class),
          new Plan(
                  "gather100",
                  "100 pending ones gathered, then fired",
                  Gather100.class,
                  Gather100.Plain.class)
              .toReach(Subject.TWINE, 0.7),
          new Plan(
                  "cancel10",
                  "10 callbacks on a pending one, then cancelled",
                  Cancel10.class,
                  Cancel10.Plain.class)
              .toReach(Subject.TWINE, 0.9)
              .without(Subject.STUMBLEUPON, "can't be cancelled"),
          new Plan("loop200", "200 steps that give fired ones", Loop200.class, Loop200.Plain.class)
              .toReach(Subject.TWINE, 0.7),
          new Plan(
              "handoff",
              "1 callback on a pending one, then fired by another thread",
              Handoff.class,
              null),
          new Plan("race10", "10 callbacks while another thread fires", Race10.class, null),
          new Plan(
                  "lockAlone",
                  "a lock that nobody else wants, taken and given back",
                  LockAlone.class,
                  LockAlone.Plain.class)
              .toReach(Subject.TWINE, 4)
              .toReach(Subject.SEMAPHORE, 4),
          new Plan(
                  "lockWaiter",
                  "a wait for a lock that is held, and a hand-over to the first who waits",
                  LockWaiter.class,
                  LockWaiter.Plain.class)
              .toReach(Subject.TWINE, 8)
              .toReach(Subject.QUEUED, 8),
          new Plan("later", "a million delayed calls, then all cancelled", Later.class, null)
              .toReach(Subject.TWINE, 1.5),
          new Plan(
                  "toThread",
                  "work on a thread, 1000 at a time, back in a reactor; CPU time of all threads",
                  ToThread.class,
                  null)
              .toReach(Subject.TWINE, 1.3),
          new Plan(
                  "await",
                  "an await of a fired one; CPU time of all threads, here and below",
                  AwaitFired.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .toTake(Subject.TWINE, 2),
          new Plan(
                  "awaitVirtual",
                  "an await of a pending one, which a virtual thread fires, and back",
                  AwaitVirtual.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .toReach(Subject.TWINE, 1.4),
          new Plan(
                  "awaitReactor",
                  "an await of a pending one, which a reactor fires, and back",
                  AwaitReactor.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .toReach(Subject.TWINE, 1.4)
              .toReachOn(InCoroutine.OWN_CARRIER, Subject.TWINE, 0.6),
          new Plan(
                  "awaitPlatform",
                  "an await of a pending one, which a platform thread fires, and back",
                  AwaitPlatform.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .toReach(Subject.TWINE, 1.4),
          new Plan(
                  "startVirtual",
                  "a coroutine that awaits nothing, started by a virtual thread",
                  StartVirtual.class,
                  null)
              .against(Subject.VIRTUAL_THREAD),
          new Plan(
                  "startPlatform",
                  "a coroutine that awaits nothing, started by a platform thread",
                  StartPlatform.class,
                  null)
              .against(Subject.VIRTUAL_THREAD),
          new Plan(
                  "concurrent1000",
                  "an await of a pending one, 1000 at a time, all fired by one thread",
                  Concurrent1000.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .toReach(Subject.TWINE, 1.2),
          new Plan(
                  "suspended",
                  "what a suspended coroutine keeps of the heap, with what it waits for",
                  Suspended.class,
                  null)
              .against(Subject.VIRTUAL_THREAD)
              .inBytes()
              .toTake(Subject.TWINE, 2000));

  final String name;
  final String job;
  final Class<? extends Row> escaping;
  final @Nullable Class<? extends Row> plain;
  private Figure figure = Figure.CPU_TIME;
  private @Nullable Subject against;
  private final Map<Subject, Double> limits = new EnumMap<>(Subject.class);
  private final Map<Subject, Double> amounts = new EnumMap<>(Subject.class);
  private final Map<Subject, Double> engineLimits = new EnumMap<>(Subject.class);
  private @Nullable String engine;
  private final Map<Subject, String> reasons = new EnumMap<>(Subject.class);

  private Plan(
      String name,
      String job,
      Class<? extends Row> escaping,
      @Nullable Class<? extends Row> plain) {
    this.name = name;
    this.job = job;
    this.escaping = escaping;
    this.plain = plain;
  }

  /** A subject of ours should take at most so many times the time of the best peer. */
  private Plan toReach(Subject subject, double limit) {
    limits.put(subject, limit);
    return this;
  }

  /** It is so much where an engine moves the coroutines that not everybody has. */
  private Plan toReachOn(String engine, Subject subject, double limit) {
    this.engine = engine;
    engineLimits.put(subject, limit);
    return this;
  }

  /** What is to be reached is meant against this peer, also if another one takes less. */
  private Plan against(Subject peer) {
    this.against = peer;
    return this;
  }

  /** A subject of ours should take at most so many nanoseconds, or bytes. */
  private Plan toTake(Subject subject, double most) {
    amounts.put(subject, most);
    return this;
  }

  /** It is bytes that are compared; the times are not worth a look. */
  private Plan inBytes() {
    this.figure = Figure.BYTES;
    return this;
  }

  /** A subject can't do this job, for a reason. */
  private Plan without(Subject subject, String reason) {
    reasons.put(subject, reason);
    return this;
  }

  static Optional<Plan> named(String name) {
    return ALL.stream().filter(plan -> plan.name.equals(name)).findFirst();
  }

  /** The ratio to reach, or null. */
  @Nullable Double limit(Subject subject, String onEngine) {
    return onEngine.equals(engine) ? engineLimits.get(subject) : limits.get(subject);
  }

  /** The amount to reach, or null. */
  @Nullable Double most(Subject subject) {
    return amounts.get(subject);
  }

  /** The peer that the ratios to reach are about, if it needn't be the best. */
  Optional<Subject> against() {
    return Optional.ofNullable(against);
  }

  /** What is compared. */
  Figure figure() {
    return figure;
  }

  boolean isAboutCoroutines() {
    return InCoroutine.class.isAssignableFrom(escaping);
  }

  /** Why a subject doesn't do this job, or null. */
  @Nullable String reason(Subject subject) {
    return reasons.get(subject);
  }

  /** The class that is measured, or null. */
  @Nullable Class<? extends Row> row(Variant variant) {
    return variant == Variant.ESCAPING ? escaping : plain;
  }

  /** Who does this job. */
  List<Subject> subjects() {
    return Arrays.stream(escaping.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .map(Subject::of)
        .sorted()
        .toList();
  }
}
