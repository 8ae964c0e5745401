package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a callback throws: kept as it is, except for a callback of the wrong type. */
class CapturedTest {

  private final Deferred<String> d = new Deferred<>();

  @AfterEach
  void nothingReportedAnyMore() {
    Reports.reported();
  }

  // ---- an interrupt, an error of the virtual machine

  @Test
  void anInterruptedExceptionAlsoSetsTheFlagAgain() {
    InterruptedException interrupted = new InterruptedException();
    d.onSuccess(v -> raise(interrupted)).callback("x");

    assertThat(Thread.interrupted()).isTrue();
    assertFailure(d, interrupted);
    assertFailure(Deferred.execute(() -> raise(interrupted)), interrupted);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anErrorOfTheVirtualMachineAlsoGoesToTheUncaughtHandler() {
    InternalError error = new InternalError("out of something");
    List<Throwable> uncaught = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));
    try {
      d.onSuccess(v -> raise(error)).callback("x");
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertThat(uncaught).containsExactly(error);
    assertFailure(d, error);
  }

  // ---- a second branch of another type

  @Test
  void aMethodReferenceOfTheWrongTypeIsExplained() {
    Deferred<Integer> length = d.addCallback(String::length);
    Deferred<String> branch = d.addCallback(String::trim);
    d.callback("xyz");

    assertExplained(branch);
    assertThat(length).isSameAs(branch);
  }

  @Test
  void aLambdaOfTheWrongTypeIsExplained() {
    assertExplained(wrongBranch(v -> v + v.length()));
  }

  @Test
  void aLambdaThatCapturesIsExplained() {
    List<String> captured = new ArrayList<>();
    assertExplained(wrongBranch(v -> captured.add(v) + v));
  }

  @Test
  void anAnonymousClassOfTheWrongTypeIsExplained() {
    assertExplained(
        wrongBranch(
            new Callback<>() {
              @Override
              public String call(String argument) {
                return argument.trim();
              }
            }));
  }

  @Test
  void anObserverOfTheWrongTypeIsExplained() {
    Deferred<Integer> length = d.addCallback(String::length);
    List<String> seen = new ArrayList<>();
    d.onSuccess(v -> seen.add(v.trim())).callback("xyz");

    assertExplained(length);
  }

  @Test
  void aCallbackWhereADeferredHasBeenWaitedForIsPointedToChainCallback() {
    Deferred<Deferred<String>> nested = d.addCallback(v -> Deferred.succeed("inner"));
    Deferred<DeferredState<String>> state = nested.addCallback(Deferred::state);
    d.callback("x");

    assertThat(failureResultOf(state))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("chainCallback");
    assertThat(Reports.reported()).hasSize(1);
  }

  @Test
  void theExplanationIsLoggedAtOnce() {
    Reports.logged();
    Deferred<String> branch = wrongBranch(String::trim);

    assertThat(Reports.logged())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
              assertThat(line.getThrown()).hasMessageContaining("can't take the chain's result");
            });
    assertExplained(branch);
  }

  private Deferred<String> wrongBranch(Callback<String, String> callback) {
    Deferred<Integer> length = d.addCallback(String::length);
    Deferred<String> branch = d.addCallback(callback);
    d.callback("xyz");
    assertThat(length).isSameAs(branch);
    return branch;
  }

  private static void assertExplained(Deferred<?> branch) {
    Throwable thrown = failureResultOf(branch);
    assertThat(thrown)
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("this callback of dev.twine.CapturedTest")
        .hasMessageContaining("can't take the chain's result")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageContaining("go on with what addCallback returned")
        .hasMessageContaining("fork()")
        .hasCauseInstanceOf(ClassCastException.class);
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(thrown);
  }

  // ---- a user's own cast

  @Test
  void aCastInsideALambdaIsLeftAlone() {
    Deferred<Integer> end = d.addCallback(v -> (Integer) (Object) v);
    d.callback("x");

    assertLeftAlone(end);
  }

  @Test
  void aCastDeeperInTheProgramIsLeftAlone() {
    Deferred<Integer> end = d.addCallback(CapturedTest::cast);
    d.callback("x");

    assertLeftAlone(end);
  }

  private static Integer cast(Object value) {
    return (Integer) value;
  }

  @Test
  void aCastInsideAnAnonymousClassIsLeftAlone() {
    Deferred<Integer> end =
        d.addCallback(
            new Callback<String, Integer>() {
              @Override
              public Integer call(String argument) {
                return cast(argument);
              }

              private Integer cast(Object argument) {
                return (Integer) argument;
              }
            });
    d.callback("x");

    assertLeftAlone(end);
  }

  @Test
  void aCastInACallOfObjectIsLeftAlone() {
    castInACallOfObject();
  }

  private void castInACallOfObject() {
    Deferred<Object> end =
        d.addCallback(
            new Callback<Object, Object>() {
              @Override
              public Object call(Object argument) {
                return (Integer) argument;
              }
            });
    d.callback("x");

    assertLeftAlone(end);
  }

  @Test
  void aCastInAClassThatCanNotBeFoundIsLeftAlone() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new ClassLoader(null) {});
    try {
      castInACallOfObject();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anExceptionWithoutAStackTraceIsLeftAlone() {
    ClassCastException bare = new ClassCastException("bare");
    bare.setStackTrace(new StackTraceElement[0]);
    d.onSuccess(v -> raise(bare)).callback("x");

    assertFailure(d, bare);
    assertThat(Reports.reported()).isEmpty();
  }

  @Test
  void theOutcomeOfABranchOfAnotherTypeIsCastInTheUsersOwnCode() {
    Deferred<Integer> length = d.addCallback(String::length);
    Deferred<String> branch = d.addBoth(outcome -> outcome.get().trim());
    d.callback("xyz");

    assertLeftAlone(branch);
    assertThat(length).isSameAs(branch);
  }

  private static void assertLeftAlone(Deferred<?> end) {
    assertThat(failureResultOf(end))
        .isInstanceOf(ClassCastException.class)
        .hasNoCause()
        .hasMessageContaining("cannot be cast");
    assertThat(Reports.reported()).isEmpty();
  }

  @Test
  void anUncaughtHandlerThatThrowsIsReported() {
    InternalError error = new InternalError();
    IllegalStateException broken = new IllegalStateException();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((t, e) -> raise(broken));
    try {
      d.onSuccess(v -> raise(error)).callback("x");
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertFailure(d, error);
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(broken);
  }

  @Test
  void aCastInACallThatTheUserCallsHimselfIsLeftAlone() {
    Callback<Object, Integer> own =
        new Callback<>() {
          @Override
          public Integer call(Object argument) {
            return (Integer) argument;
          }
        };
    Deferred<Integer> end = d.addCallback(v -> own.call(v));
    d.callback("x");

    assertLeftAlone(end);
  }
}
