package dev.twine.conformance;

import dev.twine.testing.Results;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the tests of users ask of a Deferred; a helper that fails a test is an event. */
final class HelperOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("successOf", "failureOf", "noResult");
  }

  @Override
  public void perform(Op op, Replay replay) throws Exception {
    switch (op.name()) {
      case "successOf" ->
          help(replay, () -> Results.successResultOf(replay.deferred(op.text("d"))));
      case "failureOf" -> help(replay, () -> failureOf(op, replay));
      case "noResult" ->
          help(
              replay,
              () -> {
                Results.assertNoResult(replay.deferred(op.text("d")));
                return null;
              });
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static Object failureOf(Op op, Replay replay) {
    return Results.failureResultOf(
        replay.deferred(op.text("d")),
        replay.operations().exceptionTypes(op.has("kinds") ? op.texts("kinds") : List.of()));
  }

  private static void help(Replay replay, Callable<@Nullable Object> helper) throws Exception {
    Object returned;
    try {
      returned = helper.call();
    } catch (AssertionError failed) {
      replay.record("helper", false);
      return;
    }
    replay.record("helper", true, replay.encode(returned));
  }
}
