package dev.twine.stress;

import java.nio.file.Path;

/**
 * A flaw that is planted in the core, in one place, and the race that has to show it. If the race
 * does not, it would not show a flaw of that kind in earnest either.
 */
abstract class Canary {

  private final Class<?> race;
  private final String file;
  private final String text;
  private final String flaw;

  /**
   * A canary.
   *
   * @param race the test that must fail
   * @param file the source file of the core that is broken
   * @param text what is replaced in it
   * @param flaw what it is replaced with
   */
  Canary(Class<?> race, String file, String text, String flaw) {
    this.race = race;
    this.file = file;
    this.text = text;
    this.flaw = flaw;
  }

  /** The test that must fail on the broken core. */
  final Class<?> race() {
    return race;
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
