package dev.twine.stress;

import dev.twine.CallbackChain;
import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A prepared chain of three callbacks is added to a Deferred that has its result, which another
 * thread pauses. The pause comes before the first of them, between two of them, or after the last:
 * prepared together, they can be stopped one by one all the same. What has not been run waits for
 * {@code unpause()}, and then runs once.
 */
@JCStressTest
@State
@Outcome(
    id = "nothing, abc",
    expect = Expect.ACCEPTABLE,
    desc = "The pause was first, and nothing runs.")
@Outcome(
    id = {"a, abc", "ab, abc"},
    expect = Expect.ACCEPTABLE,
    desc = "The pause stops the run between its callbacks.")
@Outcome(id = "abc, abc", expect = Expect.ACCEPTABLE, desc = "The pause came too late.")
public class PauseAndAddAll {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = Deferred.succeed("");
  private final CallbackChain<String, String> prepared =
      CallbackChain.of(
          draft ->
              draft
                  .addCallback(before -> run("a"))
                  .addCallback(before -> run("b"))
                  .addCallback(before -> run("c")));
  private String seen = "";

  private String run(String name) {
    return seen += name;
  }

  @Actor
  public void addAll() {
    meeting.attendAndLinger();
    Deferred<?> unused = deferred.addAll(prepared);
  }

  @Actor
  public void pause() {
    meeting.attendAndLinger();
    deferred.pause();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen.isEmpty() ? "nothing" : seen;
    deferred.unpause();
    r.r2 = seen;
  }
}
