package dev.twine.stress;

import java.io.File;

/** The class path of this JVM, as it is to be given to another one. */
final class ClassPath {

  private ClassPath() {}

  /**
   * What this JVM really loads from: a build may start it with a single jar that refers to the
   * rest, and then says elsewhere what that is.
   */
  static String ofThisJvm() {
    String behindTheJar = System.getProperty("surefire.test.class.path");
    return behindTheJar != null ? behindTheJar : System.getProperty("java.class.path");
  }

  /** Several class paths in a row: the first one wins. */
  static String joined(String... paths) {
    return String.join(File.pathSeparator, paths);
  }
}
