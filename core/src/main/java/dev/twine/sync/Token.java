package dev.twine.sync;

import dev.twine.Deferred;
import dev.twine.Probes;
import org.jspecify.annotations.Nullable;

/** A permit of one of the primitives here. */
final class Token extends Line.Member<Token> implements Permit {

  /** Who gives tokens, and takes them back. */
  interface Issuer {

    /** Takes a token back; false if it has done so before. */
    boolean takeBack(Token token);

    /** Takes the oldest token back that is out; false if none is. */
    boolean takeOldestBack();
  }

  private final Issuer issuer;

  /** Who holds it, or waits for it; written again, under the issuer's monitor, for a waiter. */
  Claimant claimant;

  /** With debugging on, what {@code run} has given, if it was that who asked for the permit. */
  volatile @Nullable Deferred<?> run;

  /** Its holder has closed it; else, if it is closed, somebody has called {@code release}. */
  volatile boolean closed;

  Token(Issuer issuer, @Nullable String name) {
    this.issuer = issuer;
    this.claimant = Claimant.caller(name);
  }

  @Override
  public void close() {
    closed = true;
    closeIfOpen();
  }

  /** Tells the probes that somebody holds it now; called without a lock. */
  void out() {
    Probes.began(this, "permit");
  }

  /** Tells the probes that nobody holds it any more; called without a lock. */
  void back() {
    Probes.ended(this);
  }

  /** Closes it; false if it was closed. */
  boolean closeIfOpen() {
    return issuer.takeBack(this);
  }

  /** Closes the oldest one that is open; false if none is. */
  boolean closeOldest() {
    return issuer.takeOldestBack();
  }

  @Override
  public String toString() {
    return claimant.name() == null ? "Permit" : "Permit[" + claimant.name() + "]";
  }
}
