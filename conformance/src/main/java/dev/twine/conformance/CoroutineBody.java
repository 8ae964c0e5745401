package dev.twine.conformance;

import static dev.twine.coroutine.Coroutines.await;

import dev.twine.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The steps of a coroutine, as a body that does them in order. */
final class CoroutineBody implements Callable<@Nullable Object> {

  private final String name;
  private final List<Fields> steps;
  private final Replay replay;

  /** The one register that steps put their values into. */
  private @Nullable Object register;

  CoroutineBody(Op co, Replay replay) {
    this.name = co.text("as");
    this.steps = steps(co, "steps");
    this.replay = replay;
  }

  private static List<Fields> steps(Fields fields, String member) {
    return fields.has(member) ? fields.list(member).stream().map(Fields::of).toList() : List.of();
  }

  @Override
  public @Nullable Object call() throws UserException {
    Returned returned = run(steps);
    return returned == null ? null : returned.value();
  }

  /** What a return step has given; it ends the steps around it, too. */
  private record Returned(@Nullable Object value) {}

  private @Nullable Returned run(List<Fields> some) throws UserException {
    for (Fields step : some) {
      Returned returned = run(step);
      if (returned != null) {
        return returned;
      }
    }
    return null;
  }

  private @Nullable Returned run(Fields step) throws UserException {
    if (step.has("await")) {
      put(step, await(replay.deferred(step.text("await"))));
    } else if (step.has("yield")) {
      put(step, await(step.value("yield")));
    } else if (step.has("note")) {
      replay.record("note", name, step.text("note"), replay.encode(register));
    } else if (step.has("act")) {
      replay.perform(Op.of(step.value("act")));
    } else if (step.has("loop")) {
      return loop(step);
    } else if (step.has("try")) {
      return attempt(step);
    } else if (step.has("raise")) {
      throw replay.made(step.object("raise").exception());
    } else if (step.has("return")) {
      return new Returned(step.value("return"));
    } else if (step.has("returnR")) {
      return new Returned(register);
    } else {
      throw new IllegalArgumentException("no step of a coroutine: " + step);
    }
    return null;
  }

  private void put(Fields step, @Nullable Object value) {
    register = value;
    replay.record("co", name, step.text("id"), replay.encode(value));
  }

  private @Nullable Returned loop(Fields step) throws UserException {
    List<Fields> inside = steps(step, "do");
    for (int i = 0; i < step.number("loop"); i++) {
      Returned returned = run(inside);
      if (returned != null) {
        return returned;
      }
    }
    return null;
  }

  private @Nullable Returned attempt(Fields step) throws UserException {
    if (!step.has("finally")) {
      return guarded(step);
    }
    Returned returned;
    try {
      returned = guarded(step);
    } catch (Throwable thrown) {
      Returned last = finish(step);
      return last == null ? new Failure(thrown).raise() : last;
    }
    Returned last = finish(step);
    return last == null ? returned : last;
  }

  private @Nullable Returned finish(Fields step) throws UserException {
    replay.record("finally", name, step.text("id"));
    return run(steps(step, "finally"));
  }

  private @Nullable Returned guarded(Fields step) throws UserException {
    try {
      return run(steps(step, "try"));
    } catch (Throwable thrown) {
      if (!step.has("catch") || !catches(step.texts("catch"), thrown)) {
        return new Failure(thrown).raise();
      }
      replay.record("catch", name, step.text("id"), replay.encode(new Failure(thrown)));
    }
    register = null;
    return run(steps(step, "do"));
  }

  private boolean catches(List<String> kinds, Throwable thrown) {
    return kinds.contains("*")
        || new Failure(thrown).check(replay.operations().exceptionTypes(kinds)) != null;
  }
}
