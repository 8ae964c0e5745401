package dev.twine.stress;

/**
 * A list that counts in two steps. {@code Gathering.deliver} counts the missing members down with
 * one atomic step; here it loads and then stores. Of two last members each sees the other one
 * missing, and nobody fires the list.
 */
final class LincheckLostCountCanary extends LincheckCanary {

  LincheckLostCountCanary() {
    super(
        LincheckRace.GATHER,
        LincheckRun.Mode.STRESS,
        "Gathering.java",
        "return (int) MISSING.getAndAdd(this, -1) == 1 ? all(all) : Link.NOTHING;",
        "return missing-- == 1 ? all(all) : Link.NOTHING;");
  }
}
