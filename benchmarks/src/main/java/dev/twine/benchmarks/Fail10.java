package dev.twine.benchmarks;

/**
 * Ten callbacks on a pending one, which is then fired with a failure that the tenth recovers from.
 */
public class Fail10 extends Failing {

  public static class Plain extends Fail10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  boolean isThrown() {
    return false;
  }
}
