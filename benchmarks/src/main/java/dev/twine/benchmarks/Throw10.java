package dev.twine.benchmarks;

/** Ten callbacks on a pending one, which is then fired: the first throws, the tenth recovers. */
public class Throw10 extends Failing {

  public static class Plain extends Throw10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  boolean isThrown() {
    return true;
  }
}
