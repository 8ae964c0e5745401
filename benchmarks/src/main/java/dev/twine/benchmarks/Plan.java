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
              .toReach(Subject.TWINE, 1.3));

  final String name;
  final String job;
  final Class<? extends Row> escaping;
  final @Nullable Class<? extends Row> plain;
  private final Map<Subject, Double> limits = new EnumMap<>(Subject.class);
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

  /** A subject can't do this job, for a reason. */
  private Plan without(Subject subject, String reason) {
    reasons.put(subject, reason);
    return this;
  }

  static Optional<Plan> named(String name) {
    return ALL.stream().filter(plan -> plan.name.equals(name)).findFirst();
  }

  /** The ratio to reach, or null. */
  @Nullable Double limit(Subject subject) {
    return limits.get(subject);
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
