package dev.twine.conformance;

import dev.twine.coroutine.Coroutines;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Coroutines, in the two styles that differ in what an await leaves behind. */
final class CoroutineOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("co");
  }

  @Override
  public void perform(Op op, Replay replay) {
    CoroutineBody body = new CoroutineBody(op, replay);
    replay.bind(
        op.text("as"),
        op.text("style").equals("inline")
            ? Coroutines.<@Nullable Object>inlineCallbacks(body).get()
            : Coroutines.<@Nullable Object>fromCoroutine(body));
  }
}
