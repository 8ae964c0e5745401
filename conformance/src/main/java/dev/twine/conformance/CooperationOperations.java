package dev.twine.conformance;

import dev.twine.Failure;
import dev.twine.time.CooperativeTask;
import dev.twine.time.Cooperator;
import dev.twine.time.NotPausedException;
import dev.twine.time.SchedulerStoppedException;
import dev.twine.time.TaskDoneException;
import dev.twine.time.TaskFailedException;
import dev.twine.time.TaskStoppedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cooperators, which make one step in each second, and their tasks. */
final class CooperationOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of(
        "coop",
        "cooperate",
        "whenDone",
        "taskPause",
        "taskResume",
        "taskStop",
        "coopStart",
        "coopStop");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of(
        "TaskStopped",
        TaskStoppedException.class,
        "TaskDone",
        TaskDoneException.class,
        "TaskFailed",
        TaskFailedException.class,
        "SchedulerStopped",
        SchedulerStoppedException.class,
        "NotPaused",
        NotPausedException.class);
  }

  @Override
  public void perform(Op op, Replay replay) {
    switch (op.name()) {
      case "coop" -> coop(op, replay);
      case "cooperate" -> cooperate(op, replay);
      case "whenDone" -> replay.bind(op.text("as"), task(op, replay).whenDone());
      case "taskPause" -> task(op, replay).pause();
      case "taskResume" -> task(op, replay).resume();
      case "taskStop" -> task(op, replay).stop();
      case "coopStart" -> replay.thing(op.text("p"), Cooperator.class).start();
      case "coopStop" -> replay.thing(op.text("p"), Cooperator.class).stop();
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static void coop(Op op, Replay replay) {
    Cooperator.Builder options =
        Cooperator.builder(replay.clock()).delay(Duration.ofSeconds(1)).tickEnds(() -> () -> true);
    if (op.has("started") && !op.flag("started")) {
      options.notStarted();
    }
    Cooperator cooperator = options.build();
    replay.bind(
        op.text("p"), new Thing(cooperator, () -> Map.of("running", cooperator.isRunning())));
  }

  private static void cooperate(Op op, Replay replay) {
    Cooperator cooperator = replay.thing(op.text("p"), Cooperator.class);
    Work work = new Work(cooperator, op, replay);
    replay.bind(op.text("task"), new Thing(work, () -> Map.of()));
  }

  private static CooperativeTask<?> task(Op op, Replay replay) {
    return replay.thing(op.text("task"), Work.class).task;
  }

  /**
   * The iterator of a task, which stands for the task: it is what the task's Deferreds fire with.
   */
  private static final class Work implements Iterator<@Nullable Object> {

    private final String id;
    private final List<Body> items;
    private final Replay replay;
    private final CooperativeTask<Work> task;
    private int steps;

    /** Makes the work and its task. */
    Work(Cooperator cooperator, Op cooperate, Replay replay) {
      this.id = cooperate.text("id");
      this.items = cooperate.bodies("items");
      this.replay = replay;
      this.task = cooperator.cooperate(this);
    }

    @Override
    public boolean hasNext() {
      return steps < items.size();
    }

    @Override
    public @Nullable Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int step = steps++;
      try {
        return items.get(step).callable(replay, "fn", id, step).call();
      } catch (Exception thrown) {
        return new Failure(thrown).raise();
      }
    }
  }
}
