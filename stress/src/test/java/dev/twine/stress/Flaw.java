package dev.twine.stress;

import java.nio.file.Path;

/** One piece of the core's text, and what breaks the core if it stands there instead. */
abstract class Flaw {

  private final String file;
  private final String text;
  private final String flaw;

  /**
   * A flaw.
   *
   * @param file the source file of the core that is broken
   * @param text what is replaced in it
   * @param flaw what it is replaced with
   */
  Flaw(String file, String text, String flaw) {
    this.file = file;
    this.text = text;
    this.flaw = flaw;
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
