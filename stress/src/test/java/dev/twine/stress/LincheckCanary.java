package dev.twine.stress;

/**
 * A flaw that is planted in the core, in one place, and the run of Lincheck that has to show it.
 * The run is one of those that every build does on the core as it is.
 */
abstract class LincheckCanary extends Flaw {

  private final LincheckRace race;
  private final LincheckRun.Mode mode;

  /**
   * A canary.
   *
   * @param race what is raced
   * @param mode how
   * @param file the source file of the core that is broken
   * @param text what is replaced in it
   * @param flaw what it is replaced with
   */
  LincheckCanary(LincheckRace race, LincheckRun.Mode mode, String file, String text, String flaw) {
    super(file, text, flaw);
    this.race = race;
    this.mode = mode;
  }

  /** The run that must fail. */
  final LincheckRun run() {
    return new LincheckRun(race, mode, 2, 10, 500);
  }
}
