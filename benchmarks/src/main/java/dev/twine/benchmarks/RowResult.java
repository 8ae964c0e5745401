package dev.twine.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was measured of a row: medians, ratios, and the lines of the table. */
final class RowResult {

  private final Plan plan;
  private final List<Sample> samples;

  RowResult(Plan plan, List<Sample> samples) {
    this.plan = plan;
    this.samples = samples.stream().filter(sample -> sample.row().equals(plan.name)).toList();
  }

  String name() {
    return plan.name;
  }

  /** The median over all rounds, or null if the subject was not measured. */
  @Nullable Double median(Variant variant, Subject subject, ToDoubleFunction<Sample> figure) {
    List<Double> figures =
        of(variant, subject).stream().map(sample -> figure.applyAsDouble(sample)).toList();
    return figures.isEmpty() ? null : Quartiles.of(figures).median();
  }

  /** What moved the coroutines, or nothing. */
  String engine() {
    return samples.isEmpty() ? "" : samples.get(0).engine();
  }

  /** The peer that takes the least. */
  Optional<Subject> bestPeer(Variant variant) {
    return plan.subjects().stream()
        .filter(subject -> subject.isPeer() && isMeasured(variant, subject))
        .min(Comparator.comparingDouble(peer -> compared(variant, peer)));
  }

  private double compared(Variant variant, Subject subject) {
    return Objects.requireNonNull(median(variant, subject, plan.figure()::of));
  }

  private boolean isMeasured(Variant variant, Subject subject) {
    return !of(variant, subject).isEmpty();
  }

  /**
   * Each of ours against the best peer, or first against the one that counts, and against the
   * floor. What is to be reached is to be reached where objects escape, as they do in programs.
   */
  List<Ratio> ratios(Variant variant) {
    List<Ratio> ratios = new ArrayList<>();
    for (Subject ours : Subject.OURS) {
      if (isMeasured(variant, ours)) {
        Double limit = variant == Variant.ESCAPING ? plan.limit(ours, engine()) : null;
        for (Subject other : others(variant)) {
          ratios.add(ratio(variant, ours, other, other.isPeer() ? limit : null));
          limit = null; // it was for the first
        }
      }
    }
    return ratios;
  }

  private Set<Subject> others(Variant variant) {
    Set<Subject> others = new LinkedHashSet<>();
    plan.against().filter(peer -> isMeasured(variant, peer)).ifPresent(others::add);
    bestPeer(variant).ifPresent(others::add);
    if (isMeasured(variant, Subject.FLOOR)) {
      others.add(Subject.FLOOR);
    }
    return others;
  }

  /** What ours take, where that has a limit. */
  List<Amount> amounts() {
    List<Amount> amounts = new ArrayList<>();
    for (Subject ours : Subject.OURS) {
      Double limit = plan.most(ours);
      List<Double> rounds = of(Variant.ESCAPING, ours).stream().map(plan.figure()::of).toList();
      if (limit != null && !rounds.isEmpty()) {
        amounts.add(new Amount(ours, plan.figure(), Quartiles.of(rounds), limit));
      }
    }
    return amounts;
  }

  /** Whatever is to be reached. */
  List<Goal> goals() {
    return Stream.<Goal>concat(ratios(Variant.ESCAPING).stream(), amounts().stream())
        .filter(goal -> goal.limit() != null)
        .toList();
  }

  private Ratio ratio(Variant variant, Subject ours, Subject other, @Nullable Double limit) {
    List<Double> rounds = new ArrayList<>();
    for (Sample mine : of(variant, ours)) {
      for (Sample theirs : of(variant, other)) {
        if (mine.fork() == theirs.fork() && mine.round() == theirs.round()) {
          rounds.add(plan.figure().of(mine) / plan.figure().of(theirs));
        }
      }
    }
    return new Ratio(ours, other, Quartiles.of(rounds), limit);
  }

  private List<Sample> of(Variant variant, Subject subject) {
    return samples.stream()
        .filter(sample -> sample.variant() == variant && sample.subject() == subject)
        .toList();
  }

  /** The part of the table that this row is. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(plan.name + ": " + plan.job);
    if (!engine().isEmpty()) {
      lines.add("  coroutines on the engine: " + engine());
    }
    lines.add(
        String.format(
            "  %-19s%30s%34s",
            "", "escaping: CPU ns  wall ns  bytes", "plain: CPU ns  wall ns  bytes"));
    for (Subject subject : Subject.values()) {
      String reason = plan.reason(subject);
      if (reason != null) {
        lines.add(String.format("  %-19s-  %s", subject.method, reason));
      } else if (plan.subjects().contains(subject)) {
        lines.add(
            String.format("  %-19s", subject.method)
                + figures(Variant.ESCAPING, subject)
                + figures(Variant.PLAIN, subject));
      }
    }
    for (Variant variant : Variant.values()) {
      for (Ratio ratio : ratios(variant)) {
        lines.add(String.format("  %-10s%s", variant, ratio.line()));
      }
    }
    for (Amount amount : amounts()) {
      lines.add(String.format("  %-10s%s", Variant.ESCAPING, amount.line()));
    }
    return lines;
  }

  private String figures(Variant variant, Subject subject) {
    boolean timed = plan.figure() == Figure.CPU_TIME;
    return time(timed ? median(variant, subject, Sample::cpu) : null, 16)
        + time(timed ? median(variant, subject, Sample::wall) : null, 9)
        + figure(median(variant, subject, Sample::bytes), 7, 0);
  }

  private static String time(@Nullable Double median, int width) {
    return figure(median, width, median != null && median >= 1000 ? 0 : 2);
  }

  private static String figure(@Nullable Double median, int width, int digits) {
    return median == null
        ? String.format("%" + width + "s", "-")
        : String.format(Locale.ROOT, "%" + width + "." + digits + "f", median);
  }
}
