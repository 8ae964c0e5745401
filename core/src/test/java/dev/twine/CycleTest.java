package dev.twine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chains that wait for themselves. */
class CycleTest {

  private final Deferred<String> a = new Deferred<>();
  private final Deferred<String> b = new Deferred<>();

  @AfterEach
  void debuggingOff() {
    Deferred.setDebugging(false);
  }

  @Test
  void returningOnesOwnDeferredFails() {
    Deferred<String> end = a.chainCallback(v -> a);
    a.callback("x");

    assertThat(failureResultOf(end))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("returned the very Deferred it belongs to")
        .hasMessageContaining("return a value, or another Deferred");
  }

  @Test
  void returningOnesOwnFiredDeferredFailsToo() {
    a.callback("x");
    Deferred<String> end = a.chainCallback(v -> a);

    assertThat(failureResultOf(end)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withDebuggingOnALongerCycleFailsWhereItIsClosed() {
    Deferred.setDebugging(true);
    Deferred<String> c = new Deferred<>();
    Deferred<String> endOfA = a.chainCallback(v -> b);
    Deferred<String> endOfB = b.chainCallback(v -> c);
    Deferred<String> endOfC = c.chainCallback(v -> a);
    a.callback("x");
    b.callback("x");
    c.callback("x");

    Throwable refused = failureResultOf(endOfA);
    assertThat(refused)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("over 2 links");
    assertTaken(endOfB);
    assertTaken(endOfC);
  }

  @Test
  void withDebuggingOnAnOrdinaryWaitIsNoCycle() {
    Deferred.setDebugging(true);
    Deferred<String> end = a.chainCallback(v -> b);
    a.callback("x");
    b.callback("y");

    assertResult(end, "y");
  }

  @Test
  void theWalkStopsAfterAThousandLinks() {
    Deferred.setDebugging(true);
    assertThat(closing(1_000)).isNotNull();
    assertThat(closing(1_001)).isNull();
  }

  /**
   * Closes a cycle of so many links besides the last one; gives the failure of the walk, if any.
   */
  private static @Nullable Failure closing(int links) {
    List<Deferred<String>> all = new ArrayList<>();
    for (int i = 0; i <= links; i++) {
      all.add(new Deferred<>());
    }
    for (int i = 0; i < links; i++) {
      Deferred<String> next = all.get(i + 1);
      assertNoResult(all.get(i).chainCallback(v -> next));
    }
    all.subList(0, links).forEach(d -> d.callback("x"));
    return Cycle.through(all.get(links), all.get(0));
  }

  @Test
  void cancellingACycleEndsWithAnExceptionThatNamesIt() {
    closeCycle();

    assertThatThrownBy(a::cancel)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("over 2 links")
        .hasMessageContaining("nothing in this cycle can ever fire");
    assertThat(a.state()).isEqualTo(new DeferredState.Waiting<>(b, 0));
    assertThat(b.state()).isEqualTo(new DeferredState.Waiting<>(a, 0));
  }

  @Test
  void cancellingOneThatWaitsForACycleEndsToo() {
    closeCycle();
    Deferred<String> outside = a;
    for (int i = 0; i < 10; i++) {
      Deferred<String> next = outside;
      outside = Deferred.succeed("x").chainCallback(v -> next);
    }
    Deferred<String> outermost = outside;

    assertThatThrownBy(outermost::cancel)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("over 2 links");
  }

  @Test
  void addingToACycleOnlyQueues() {
    closeCycle();
    a.onSuccess(v -> raise(new AssertionError("can never run")));

    assertThat(a.toString()).contains("waiting on");
  }

  private void closeCycle() {
    Deferred<String> endOfA = a.chainCallback(v -> b);
    Deferred<String> endOfB = b.chainCallback(v -> a);
    a.callback("x");
    b.callback("x");
    assertNoResult(endOfA);
    assertNoResult(endOfB);
  }
}
