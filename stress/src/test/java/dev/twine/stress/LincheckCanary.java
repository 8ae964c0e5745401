package dev.twine.stress;

import java.nio.file.Path;

/**
 * A flaw that is planted in the core, in one place, and the run of Lincheck that has to show it.
 * The run is one of those that every build does on the core as it is.
 */
abstract class LincheckCanary {

  private final LincheckRace race;
  private final LincheckRun.Mode mode;
  private final String file;
  private final String text;
  private final String flaw;

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
    this.race = race;
    this.mode = mode;
    this.file = file;
    this.text = text;
    this.flaw = flaw;
  }

  /** The run that must fail. */
  final LincheckRun run() {
    return new LincheckRun(race, mode, 2, 10, 500);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }

  /** Compiles the broken file; gives the folder that makes the core a broken one. */
  final Path compile() {
    return BrokenCore.compile(toString(), file, text, flaw);
  }
}
