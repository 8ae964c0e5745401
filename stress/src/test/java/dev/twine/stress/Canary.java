package dev.twine.stress;

/**
 * A flaw that is planted in the core, in one place, and the race that has to show it. If the race
 * does not, it would not show a flaw of that kind in earnest either.
 */
abstract class Canary extends Flaw {

  private final Class<?> race;

  /**
   * A canary.
   *
   * @param race the test that must fail
   * @param file the source file of the core that is broken
   * @param text what is replaced in it
   * @param flaw what it is replaced with
   */
  Canary(Class<?> race, String file, String text, String flaw) {
    super(file, text, flaw);
    this.race = race;
  }

  /** The test that must fail on the broken core. */
  final Class<?> race() {
    return race;
  }
}
