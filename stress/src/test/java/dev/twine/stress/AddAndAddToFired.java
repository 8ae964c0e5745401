package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two threads add two callbacks each to a Deferred that has its result. Each thread would run its
 * callbacks at once, unless the other one is running the chain just then: then it leaves them to
 * the other one. There is one order all the same, in which each callback gets what the one before
 * it gave and sees, without any synchronisation of its own, what that one has written.
 *
 * <p>The value is the text of the callbacks that have seen it: {@code a b} of the left thread,
 * {@code X Y} of the right one. They also write it to a plain field.
 */
@JCStressTest
@State
@Outcome(
    id = "abXY, abXY",
    expect = Expect.ACCEPTABLE,
    desc = "The left thread is through before the right one begins.")
@Outcome(
    id = "XYab, XYab",
    expect = Expect.ACCEPTABLE,
    desc = "The right thread is through before the left one begins.")
@Outcome(
    id = {"aXbY, aXbY", "aXYb, aXYb", "XabY, XabY", "XaYb, XaYb"},
    expect = Expect.ACCEPTABLE,
    desc = "The threads take turns.")
public class AddAndAddToFired {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = Deferred.succeed("");
  private String written = "";

  @Actor
  public void left() {
    meeting.attendAndLinger();
    add("a");
    add("b");
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    add("X");
    add("Y");
  }

  private void add(String name) {
    Deferred<?> unused =
        deferred.addCallback(
            before -> {
              written += name;
              return before + name;
            });
  }

  @Arbiter
  public void after(LL_Result r) {
    deferred.onSuccess(order -> r.r1 = order);
    r.r2 = written;
  }
}
