package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.DeferredList;
import dev.twine.DeferredState;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Winner;
import dev.twine.sync.Permit;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of one scenario: the names, the clock and the trace so far.
 *
 * <p>Used by one thread at a time; whoever hands it to another thread makes sure that the first one
 * has ended.
 */
final class Replay {

  /** Stands for null where Twisted takes it and the library doesn't. */
  private static final Object NULL = new Object();

  private final Operations operations;
  private ManualClock clock = new ManualClock();
  private Map<String, Deferred<@Nullable Object>> deferreds = new LinkedHashMap<>();
  private final Map<String, Thing> things = new LinkedHashMap<>();

  /** The first name of each Deferred and thing. */
  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

  /** What the callback that each Deferred has entered last was given. */
  private final IdentityHashMap<Deferred<?>, @Nullable Object> inputs = new IdentityHashMap<>();

  /** By identity: all exceptions that this scenario has made or met. */
  private final Set<Throwable> failures;

  private List<@Nullable Object> events = new ArrayList<>();

  /** Made when it is needed. */
  private @Nullable Path folder;

  /**
   * Starts a run.
   *
   * @param failures where to note the exceptions of this scenario, by identity
   */
  Replay(Operations operations, Set<Throwable> failures) {
    this.operations = operations;
    this.failures = failures;
  }

  Operations operations() {
    return operations;
  }

  ManualClock clock() {
    return clock;
  }

  /** A folder for the files of this run only. */
  Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("replay");
    }
    return folder;
  }

  /**
   * Deletes the files of this run, and lets go of all its Deferreds: where a coroutine has a
   * platform thread, that keeps this run in memory while it is suspended.
   *
   * @return goes when what this run referred to is not in memory any more
   */
  WeakReference<?> end() {
    WeakReference<?> remains = new WeakReference<>(deferreds);
    deferreds = new LinkedHashMap<>();
    things.clear();
    names.clear();
    inputs.clear();
    clock = new ManualClock();
    deleteFolder();
    return remains;
  }

  private void deleteFolder() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- names

  /** The Deferred of this name. */
  Deferred<@Nullable Object> deferred(String name) {
    Deferred<@Nullable Object> deferred = deferreds.get(name);
    if (deferred == null) {
      throw new IllegalArgumentException("no Deferred named " + name);
    }
    return deferred;
  }

  /** Names a Deferred; where the trace shows it, it keeps the first of its names. */
  @SuppressWarnings("unchecked") // all Deferreds of a scenario carry any value
  void bind(String name, Deferred<?> deferred) {
    if (deferreds.putIfAbsent(name, (Deferred<@Nullable Object>) deferred) != null) {
      throw new IllegalArgumentException("bound twice: " + name);
    }
    names.putIfAbsent(deferred, name);
  }

  /** Names something else. */
  void bind(String name, Thing thing) {
    if (things.putIfAbsent(name, thing) != null) {
      throw new IllegalArgumentException("bound twice: " + name);
    }
    names.putIfAbsent(thing.itself(), name);
  }

  /** The thing of this name and type. */
  <T> T thing(String name, Class<T> type) {
    Thing thing = things.get(name);
    if (thing == null) {
      throw new IllegalArgumentException("nothing named " + name);
    }
    return type.cast(thing.itself());
  }

  // ---- what happens

  /** Performs an operation; an exception from it is an event, and nothing else. */
  void perform(Op op) {
    try {
      operations.perform(op, this);
    } catch (Throwable thrown) { // whatever it is, the format wants it in the trace
      failures.add(thrown);
      record("err", op.name(), op.target(), operations.describe(thrown, op));
    }
  }

  /** Adds an event to the trace; its parts are JSON values. */
  void record(@Nullable Object... event) {
    events.add(new ArrayList<>(Arrays.asList(event)));
  }

  /** Takes the events since the last time. */
  List<@Nullable Object> takeEvents() {
    List<@Nullable Object> taken = events;
    events = new ArrayList<>();
    return taken;
  }

  /** Notes an exception that this scenario has made, and returns it. */
  <X extends Throwable> X made(X exception) {
    failures.add(exception);
    return exception;
  }

  /** Remembers what a callback is given, whoever the callback belongs to. */
  void entering(Deferred<?> deferred, @Nullable Object input) {
    inputs.put(deferred, input);
    if (input instanceof Failure failure) {
      failures.add(failure.value());
    }
  }

  /** The library reports an exception instead of throwing it. */
  void logged(Throwable thrown) {
    failures.add(thrown);
    record("logged", operations.describe(thrown));
  }

  // ---- what is written down

  /** A value for what takes no null; the trace shows it as what it was. */
  static Object notNull(@Nullable Object value) {
    return value == null ? NULL : value;
  }

  /** Writes a value, a failure or a thing as the format does. */
  @Nullable Object encode(@Nullable Object value) {
    if (value instanceof Failure failure) {
      return operations.describe(failure.value());
    } else if (value instanceof Outcome<?> outcome) {
      Failure failure = outcome.failureOrNull();
      return failure == null ? pair(true, outcome.get()) : pair(false, failure);
    } else if (value instanceof Winner<?> winner) {
      return pair(winner.index(), winner.value());
    } else if (value instanceof DeferredList.First.One<?> one) {
      return pair(one.value(), one.index());
    } else if (value instanceof DeferredList.First.None<?> none) {
      return encodeAll(none.outcomes());
    } else if (value instanceof List<?> list) {
      return encodeAll(list);
    }
    if (value == NULL) {
      return null;
    }
    String thing = value instanceof Permit ? giverOf(value.toString()) : names.get(value);
    return thing == null ? value : Map.of("p", thing);
  }

  /** The name of what has given a permit: each is taken under that name. */
  private static String giverOf(String permit) {
    return permit.substring(permit.indexOf('[') + 1, permit.indexOf(']'));
  }

  private List<@Nullable Object> pair(@Nullable Object first, @Nullable Object second) {
    return encodeAll(Arrays.asList(first, second));
  }

  private List<@Nullable Object> encodeAll(List<?> list) {
    List<@Nullable Object> encoded = new ArrayList<>();
    list.forEach(element -> encoded.add(encode(element)));
    return encoded;
  }

  /** Writes what a Deferred is at this moment. */
  Map<String, @Nullable Object> state(Deferred<?> deferred) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    DeferredState<?> state = deferred.state();
    if (state instanceof DeferredState.Unfired<?>) {
      form.put("s", "unfired");
    } else if (state instanceof DeferredState.Waiting<?> waiting) {
      form.put("s", "waiting");
      String name = names.get(waiting.on());
      if (name != null) {
        form.put("on", name);
      }
    } else if (state instanceof DeferredState.Running<?>) {
      putResult(form, inputs.get(deferred));
    } else if (state instanceof DeferredState.Value<?> value) {
      putResult(form, value.result());
    } else if (state instanceof DeferredState.Failed<?> failed) {
      putResult(form, failed.failure());
    }
    if (state.pauses() > 0) {
      form.put("paused", state.pauses());
    }
    return form;
  }

  private void putResult(Map<String, @Nullable Object> form, @Nullable Object result) {
    form.put("s", result instanceof Failure ? "failure" : "value");
    form.put("r", encode(result));
    if (result instanceof Failure failure) {
      failures.add(failure.value());
    }
  }

  /** Writes the state of everything, without what is reported as unhandled. */
  Map<String, @Nullable Object> finalState() {
    Map<String, @Nullable Object> deferredStates = new LinkedHashMap<>();
    deferreds.forEach((name, deferred) -> deferredStates.put(name, state(deferred)));
    Map<String, @Nullable Object> thingStates = new LinkedHashMap<>();
    things.forEach((name, thing) -> thingStates.put(name, thing.state().get()));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("d", deferredStates);
    all.put("p", thingStates);
    all.put("timers", clock.dueTimes().stream().map(due -> (int) due.toSeconds()).toList());
    return all;
  }
}
