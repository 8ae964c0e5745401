package dev.twine.sync;

/** What a number may be. */
final class Limits {

  private Limits() {}

  static int atLeastOne(String what, int number) {
    return atLeast(1, what, number);
  }

  static int notNegative(String what, int number) {
    return atLeast(0, what, number);
  }

  private static int atLeast(int least, String what, int number) {
    if (number < least) {
      throw new IllegalArgumentException(what + " is " + number + "; it is at least " + least);
    }
    return number;
  }
}
