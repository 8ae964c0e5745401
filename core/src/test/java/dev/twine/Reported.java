package dev.twine;

import java.util.List;

/** For the tests of other packages: what was reported instead of thrown. */
public final class Reported {

  private Reported() {}

  /** The exceptions that were reported since the last time. */
  public static List<Throwable> exceptions() {
    return Reports.reported().stream().map(Reports.Thrown::thrown).toList();
  }
}
