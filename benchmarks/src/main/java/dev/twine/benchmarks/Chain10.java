package dev.twine.benchmarks;

/** Ten callbacks on a pending one, which is then fired. */
public class Chain10 extends Chained {

  public static class Plain extends Chain10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int length() {
    return 10;
  }
}
