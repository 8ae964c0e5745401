package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads add two callbacks each to a Deferred that has not been fired. Whatever the order
 * becomes, it is one order: the two of a thread stand as that thread has added them, none is lost,
 * and each gets what the one before it gave.
 *
 * <p>The value is the text of the callbacks that have seen it: {@code a b} of the left thread,
 * {@code X Y} of the right one.
 */
@JCStressTest
@State
@Outcome(
    id = "abXY",
    expect = Expect.ACCEPTABLE,
    desc = "The left thread adds both of its callbacks first.")
@Outcome(
    id = "XYab",
    expect = Expect.ACCEPTABLE,
    desc = "The right thread adds both of its callbacks first.")
@Outcome(
    id = {"aXbY", "aXYb", "XabY", "XaYb"},
    expect = Expect.ACCEPTABLE,
    desc = "The threads take turns.")
public class AddAndAdd {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();

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
    Deferred<?> unused = deferred.addCallback(before -> before + name);
  }

  @Arbiter
  public void after(L_Result r) {
    deferred.callback("");
    deferred.onSuccess(order -> r.r1 = order);
  }
}
