package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.DeferredList;
import dev.twine.FailureGroupException;
import dev.twine.FirstErrorException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several Deferreds as one: lists, gathered results, races. */
final class CollectionOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("list", "gather", "race");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of(
        "FirstError", FirstErrorException.class, "FailureGroup", FailureGroupException.class);
  }

  @Override
  public Map<String, String> misuse() {
    return Map.of("list", "Refused", "race", "Refused");
  }

  @Override
  public void perform(Op op, Replay replay) {
    List<Deferred<@Nullable Object>> members =
        op.texts("ds").stream().map(replay::deferred).toList();
    replay.bind(
        op.text("as"),
        switch (op.name()) {
          case "list" -> list(op, members);
          case "gather" -> gather(op, members);
          case "race" -> Deferred.race(members);
          default -> throw new IllegalArgumentException(op.name());
        });
  }

  private static Deferred<?> list(Op op, List<Deferred<@Nullable Object>> members) {
    return op.flag("oneCallback")
        ? DeferredList.first(members, options(op))
        : DeferredList.of(members, options(op));
  }

  private static Deferred<?> gather(Op op, List<Deferred<@Nullable Object>> members) {
    return op.has("consume")
        ? DeferredList.gather(members, options(op))
        : Deferred.gatherResults(members);
  }

  private static DeferredList.Option[] options(Op op) {
    Set<DeferredList.Option> options = EnumSet.noneOf(DeferredList.Option.class);
    if (op.flag("oneErrback")) {
      options.add(DeferredList.Option.FIRE_ON_ONE_ERRBACK);
    }
    if (op.flag("consume")) {
      options.add(DeferredList.Option.CONSUME_ERRORS);
    }
    return options.toArray(DeferredList.Option[]::new);
  }
}
