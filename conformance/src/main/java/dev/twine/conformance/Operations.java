package dev.twine.conformance;

import dev.twine.FailureGroupException;
import dev.twine.FirstErrorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All operations that can be replayed, and the kinds of failures they lead to. */
final class Operations {

  /** Everything the library has so far. */
  static final Operations ALL =
      new Operations(
          List.of(
              new DeferredOperations(),
              new TimeOperations(),
              new CooperationOperations(),
              new HelperOperations(),
              new CollectionOperations(),
              new SyncOperations(),
              new FileLockOperations(),
              new CoroutineOperations()));

  private final Map<String, OperationFamily> families = new HashMap<>();
  private final Map<String, Class<? extends Throwable>> kinds = new LinkedHashMap<>();
  private final Map<String, String> misuse = new HashMap<>();

  Operations(List<OperationFamily> families) {
    for (OperationFamily family : families) {
      family.names().forEach(name -> this.families.put(name, family));
      kinds.putAll(family.kinds());
      misuse.putAll(family.misuse());
    }
    kinds.put("A", UserException.A.class);
    kinds.put("B", UserException.B.class);
    kinds.put("C", UserException.C.class);
  }

  void perform(Op op, Replay replay) throws Throwable {
    OperationFamily family = families.get(op.name());
    if (family == null) {
      throw new IllegalArgumentException("cannot be replayed: " + op);
    }
    family.perform(op, replay);
  }

  /** The operations of a scenario that belong to no family, at any depth, in order. */
  Set<String> missing(Scenario scenario) {
    Set<String> missing = new LinkedHashSet<>();
    scenario.operations().forEach(op -> addMissing(op.members(), missing));
    return missing;
  }

  private void addMissing(@Nullable Object json, Set<String> missing) {
    if (json instanceof Map<?, ?> object) {
      if (object.get("op") instanceof String name && !families.containsKey(name)) {
        missing.add(name);
      }
      object.values().forEach(member -> addMissing(member, missing));
    } else if (json instanceof List<?> array) {
      array.forEach(element -> addMissing(element, missing));
    }
  }

  /** The exception types for some kinds of failures. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // no generic arrays
  Class<? extends Throwable>[] exceptionTypes(List<String> kinds) {
    return kinds.stream().map(this::exceptionType).toArray(Class[]::new);
  }

  private Class<? extends Throwable> exceptionType(String kind) {
    Class<? extends Throwable> type = kinds.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("no kind of failure: " + kind);
    }
    return type;
  }

  /** Writes an exception as the format does. */
  Map<String, @Nullable Object> describe(Throwable thrown) {
    return describe(kindOf(thrown), thrown);
  }

  /** Writes an exception that an operation has thrown. */
  Map<String, @Nullable Object> describe(Throwable thrown, Op op) {
    String kind = kindOf(thrown);
    if (kind == null
        && (thrown instanceof IllegalStateException
            || thrown instanceof IllegalArgumentException)) {
      kind = misuse.get(op.name());
    }
    return describe(kind, thrown);
  }

  private Map<String, @Nullable Object> describe(@Nullable String kind, Throwable thrown) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    if (kind == null) {
      // Nothing a scenario knows; whoever reads the mismatch wants to see what it was.
      form.put("f", thrown.toString());
      return form;
    }
    form.put("f", kind);
    if (thrown instanceof UserException user) {
      form.put("t", user.tag());
    } else if (thrown instanceof FirstErrorException first) {
      form.put("i", first.index());
      form.put("s", describe(first.failure().value()));
    } else if (thrown instanceof FailureGroupException group) {
      List<@Nullable Object> failures = new ArrayList<>();
      group.failures().forEach(failure -> failures.add(describe(failure.value())));
      form.put("s", failures);
    }
    return form;
  }

  private @Nullable String kindOf(Throwable thrown) {
    if (thrown instanceof UserException user) {
      return user.kind();
    }
    for (Map.Entry<String, Class<? extends Throwable>> kind : kinds.entrySet()) {
      if (kind.getValue().isInstance(thrown)) {
        return kind.getKey();
      }
    }
    return null;
  }
}
