package dev.twine.benchmarks;

/** A hundred callbacks on a pending one, which is then fired. */
public class Chain100 extends Chained {

  public static class Plain extends Chain100 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int length() {
    return 100;
  }
}
