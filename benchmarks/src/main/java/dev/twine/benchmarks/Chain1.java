package dev.twine.benchmarks;

/** One callback on a pending one, which is then fired. */
public class Chain1 extends Chained {

  public static class Plain extends Chain1 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int length() {
    return 1;
  }
}
