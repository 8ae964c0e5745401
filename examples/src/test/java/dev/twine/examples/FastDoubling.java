package dev.twine.examples;

import java.math.BigInteger;

/** Two neighbours of the Fibonacci sequence, found in another way than the examples find theirs. */
record FastDoubling(BigInteger here, BigInteger next) {

  static FastDoubling at(int place) {
    if (place == 0) {
      return new FastDoubling(BigInteger.ZERO, BigInteger.ONE);
    }
    FastDoubling doubled = at(place / 2).doubled();
    return place % 2 == 0 ? doubled : doubled.advanced();
  }

  private FastDoubling doubled() {
    return new FastDoubling(
        here.multiply(next.shiftLeft(1).subtract(here)), here.pow(2).add(next.pow(2)));
  }

  private FastDoubling advanced() {
    return new FastDoubling(next, here.add(next));
  }
}
