package dev.twine.stress;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.FirstErrorException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Two Deferreds gathered into a list, while several threads fire, fail and cancel them and cancel
 * the list. Each member counts once. With the first failure the list fails and says whose it was;
 * with the last value it has them all, in order, and of two last members one fires it.
 */
@Param(name = "member", gen = IntGen.class, conf = "0:1")
@Param(name = "number", gen = IntGen.class, conf = "1:2")
public class LincheckGather {

  private static final int MEMBERS = 2;

  private final List<Deferred<String>> members = List.of(new Deferred<>(), new Deferred<>());

  private final Deferred<List<String>> list = Deferred.gatherResults(members);
  private final LincheckTraffic traffic = new LincheckTraffic();

  /** {@link #cancelAll} was called, by the only thread that calls it. */
  private volatile boolean allCancelled;

  public LincheckGather() {
    LincheckCount.invocation();
  }

  @Operation(params = {"member", "number"})
  public boolean fire(int member, int number) {
    String value = member + "." + number;
    traffic.enter();
    boolean accepted = LincheckDeferred.fire(members.get(member), value);
    traffic.leave();
    return accepted(accepted, member, value);
  }

  @Operation(params = "member")
  public boolean fail(int member) {
    Throwable failure = new CancellationException();
    traffic.enter();
    boolean accepted = fails(members.get(member), failure);
    traffic.leave();
    return accepted(accepted, member, failure);
  }

  private static boolean fails(Deferred<String> member, Throwable failure) {
    try {
      member.errback(failure);
      return true;
    } catch (AlreadyCalledException late) {
      return false;
    }
  }

  /** Who came too late, or was swallowed, must not go on before the list has heard of the other. */
  private boolean accepted(boolean accepted, int member, Object result) {
    DeferredState<String> state = members.get(member).state();
    boolean own =
        state instanceof DeferredState.Failed<?> failed
            ? failed.failure().value() == result
            : LincheckLook.result(state) == result;
    if (!own) {
      traffic.awaitNone();
    }
    return accepted;
  }

  @Operation(params = "member")
  public void cancel(int member) {
    traffic.enter();
    members.get(member).cancel();
    traffic.leave();
    traffic.awaitNone();
  }

  /** Two at a time would share the members out among them, and the list would hear of any first. */
  @Operation(nonParallelGroup = "cancels")
  public void cancelAll() {
    allCancelled = true;
    traffic.enter();
    list.cancel();
    traffic.leave();
    traffic.awaitNone();
  }

  @Operation
  public String state() {
    DeferredState<List<String>> state = list.state();
    if (state instanceof DeferredState.Failed) {
      return "failed";
    }
    return state instanceof DeferredState.Unfired ? "unfired" : "has " + LincheckLook.result(state);
  }

  /**
   * Whose failure it was, in the end, unless somebody has cancelled the list: that is one call for
   * each member, and who fails one himself meanwhile may be passed between his winning the member
   * and the list's hearing of it.
   */
  private String stateWithMember() {
    return !allCancelled
            && list.state() instanceof DeferredState.Failed<?> failed
            && failed.failure().value() instanceof FirstErrorException first
        ? "failed by " + first.index()
        : state();
  }

  /** The end of every scenario: whoever has no result yet gets one. */
  public String end() {
    return last();
  }

  private String last() {
    for (int i = 0; i < MEMBERS; i++) {
      fire(i, 0);
    }
    return stateWithMember();
  }

  /** The same, in a single thread. */
  public static final class Plain {

    private final String[] results = new String[MEMBERS];
    private final boolean[] swallows = new boolean[MEMBERS];
    private String list = "unfired";
    private boolean allCancelled;

    public boolean fire(int member, int number) {
      return fire(member, member + "." + number);
    }

    public boolean fail(int member) {
      return fire(member, LincheckOracle.FAILURE);
    }

    private boolean fire(int member, String result) {
      if (results[member] != null) {
        boolean accepted = swallows[member];
        swallows[member] = false;
        return accepted;
      }
      results[member] = result;
      if (list.equals("unfired")) {
        if (result.equals(LincheckOracle.FAILURE)) {
          list = "failed by " + member;
        } else if (!Arrays.asList(results).contains(null)) {
          list = "has " + Arrays.toString(results);
        }
      }
      return true;
    }

    public void cancel(int member) {
      if (results[member] == null) {
        fire(member, LincheckOracle.FAILURE);
        swallows[member] = true;
      }
    }

    public void cancelAll() {
      allCancelled = true;
      if (list.equals("unfired")) {
        for (int i = 0; i < MEMBERS; i++) {
          cancel(i);
        }
      }
    }

    public String state() {
      return list.startsWith("failed") ? "failed" : list;
    }

    public String end() {
      for (int i = 0; i < MEMBERS; i++) {
        fire(i, 0);
      }
      return allCancelled ? state() : list;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain plain && plain.toString().equals(toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return list + Arrays.toString(results) + Arrays.toString(swallows) + allCancelled;
    }
  }
}
