package dev.twine.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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

  /** The peer that takes the least CPU time. */
  Optional<Subject> bestPeer(Variant variant) {
    return plan.subjects().stream()
        .filter(subject -> subject.isPeer() && !of(variant, subject).isEmpty())
        .min(Comparator.comparingDouble(peer -> cpu(variant, peer)));
  }

  private double cpu(Variant variant, Subject subject) {
    return Objects.requireNonNull(median(variant, subject, Sample::cpu));
  }

  /**
   * Each of ours against the best peer and against the floor. What is to be reached is to be
   * reached where objects escape, as they do in programs.
   */
  List<Ratio> ratios(Variant variant) {
    List<Ratio> ratios = new ArrayList<>();
    for (Subject ours : Subject.OURS) {
      if (of(variant, ours).isEmpty()) {
        continue;
      }
      Double limit = variant == Variant.ESCAPING ? plan.limit(ours) : null;
      bestPeer(variant).ifPresent(peer -> ratios.add(ratio(variant, ours, peer, limit)));
      if (!of(variant, Subject.FLOOR).isEmpty()) {
        ratios.add(ratio(variant, ours, Subject.FLOOR, null));
      }
    }
    return ratios;
  }

  private Ratio ratio(Variant variant, Subject ours, Subject other, @Nullable Double limit) {
    List<Double> rounds = new ArrayList<>();
    for (Sample mine : of(variant, ours)) {
      for (Sample theirs : of(variant, other)) {
        if (mine.fork() == theirs.fork() && mine.round() == theirs.round()) {
          rounds.add(mine.cpu() / theirs.cpu());
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
    return lines;
  }

  private String figures(Variant variant, Subject subject) {
    return time(median(variant, subject, Sample::cpu), 16)
        + time(median(variant, subject, Sample::wall), 9)
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
