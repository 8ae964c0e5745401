package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What one thread does when another one has been quicker, step by step: every compare-and-set of
 * one operation is lost once to every other operation, in every state.
 */
class InterleavingTest {

  /** More compare-and-sets than any operation makes by itself. */
  private static final int MOST = 8;

  private static final String WITH_CANCELLER = "one waiter, and a canceller";

  private static final Map<String, Consumer<Trial>> STATES = new LinkedHashMap<>();
  private static final Map<String, Consumer<Trial>> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("add", Trial::add);
    OPERATIONS.put("add prepared steps", Trial::addAll);
    OPERATIONS.put("fire", Trial::fire);
    OPERATIONS.put("fail", Trial::fail);
    OPERATIONS.put("cancel", Trial::cancel);
    OPERATIONS.put("pause", Trial::pause);
    OPERATIONS.put("pause and unpause", Trial::pauseAndUnpause);
    OPERATIONS.put("wait for it", Trial::waitForIt);
    OPERATIONS.put("wait for another", Trial::waitForAnother);
    OPERATIONS.put("fork", Trial::fork);
    OPERATIONS.put("list", Trial::list);
    OPERATIONS.put("get", Trial::get);
    OPERATIONS.put("cancel who waits", Trial::cancelWhoWaits);
    OPERATIONS.put("cancel while it runs", Trial::cancelWhileItRuns);

    STATES.put("new", trial -> {});
    STATES.put("one callback", Trial::add);
    STATES.put("several callbacks", then(Trial::add, Trial::add));
    STATES.put("one waiter", Trial::waitForIt);
    STATES.put("one slot", Trial::list);
    STATES.put("prepared steps", Trial::addAll);
    STATES.put("paused", then(Trial::add, Trial::pause));
    STATES.put("fired", Trial::fire);
    STATES.put("failed", Trial::fail);
    STATES.put("fired and paused", then(Trial::pause, Trial::add, Trial::fire));
    STATES.put("cancelled", Trial::cancel);
    STATES.put("cancelled and paused", then(Trial::pause, Trial::add, Trial::cancel));
    STATES.put("waiting", then(Trial::waitForAnother, Trial::add, Trial::fire));
    STATES.put("cancelled and waiting", then(Trial::cancel, Trial::waitForAnother));
    STATES.put("taken", then(Trial::fire, Trial::waitForIt));
    STATES.put(
        "cancelled while it runs, and then waiting",
        then(Trial::waitForIt, Trial::cancelWhileItRuns, Trial::waitForAnother));
    STATES.put(WITH_CANCELLER, Trial::waitForIt);
    STATES.put("handed over", then(Trial::waitForIt, Trial::fire));
    STATES.put(
        "handed over and waiting",
        then(Trial::waitForIt, Trial::fire, Trial::waitForAnother, Trial::waitForIt));
  }

  @SafeVarargs
  private static Consumer<Trial> then(Consumer<Trial> first, Consumer<Trial>... others) {
    Consumer<Trial> all = first;
    for (Consumer<Trial> other : others) {
      all = all.andThen(other);
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> everyCallbackRunsOnceWhoeverIsQuicker() {
    return STATES.keySet().stream()
        .map(state -> DynamicTest.dynamicTest(state, () -> everyPairOfOperations(state)));
  }

  private static void everyPairOfOperations(String state) {
    int lost = 0;
    for (String first : OPERATIONS.keySet()) {
      for (String quicker : OPERATIONS.keySet()) {
        for (int at = 0; at < MOST; at++) {
          lost += loses(state, first, quicker, at) ? 1 : 0;
        }
      }
    }
    assertThat(lost).as("operations that lost").isGreaterThan(OPERATIONS.size());
  }

  /** Whether the first operation came to the place where the quicker one is to come between. */
  private static boolean loses(String state, String first, String quicker, int at) {
    Trial trial = new Trial(state.equals(WITH_CANCELLER) ? canceller -> {} : null);
    STATES.get(state).accept(trial);
    trial.chain.comeBetween(at, () -> OPERATIONS.get(quicker).accept(trial));
    try {
      OPERATIONS.get(first).accept(trial);
      boolean lost = trial.chain.hasComeBetween();
      trial.finish();
      return lost;
    } catch (Throwable thrown) {
      throw new AssertionError(
          state + ": " + quicker + " before compare-and-set " + at + " of " + first, thrown);
    }
  }

  /** A chain in which something happens right before one of its compare-and-sets. */
  private static final class Contended extends Chain {

    private int left = -1;
    private Action between = () -> {};

    Contended(@Nullable Effect<Chain> canceller) {
      super(canceller);
    }

    void comeBetween(int at, Action quicker) {
      left = at;
      between = quicker;
    }

    boolean hasComeBetween() {
      boolean done = left < 0;
      left = -1;
      return done;
    }

    @Override
    boolean cas(@Nullable Object expected, @Nullable Object next) {
      if (left-- == 0) {
        OtherThread.run(between);
      }
      return super.cas(expected, next);
    }

    @Override
    boolean casAux(@Nullable Object expected, @Nullable Object value) {
      if (left-- == 0) {
        OtherThread.run(between);
      }
      return super.casAux(expected, value);
    }
  }

  /** A chain, and what was done with it. */
  private static final class Trial {

    final Contended chain;
    private final Deferred<Object> another = new Deferred<>();
    private final List<Deferred<?>> followers = new ArrayList<>();
    private int fires;
    private int pauses;
    private int added;
    private int ran;
    private final boolean swallows;

    Trial(@Nullable Effect<Chain> canceller) {
      chain = new Contended(canceller);
      swallows = canceller == null;
    }

    void add() {
      added++;
      chain.add(this::count, this::count);
    }

    void addAll() {
      added += 2;
      Chain steps = new Contended(null);
      steps.add(this::count, this::count);
      steps.add(this::count, this::count);
      chain.addPrepared(Prepared.of(steps));
    }

    private @Nullable Object count(@Nullable Object result) {
      ran++;
      return result;
    }

    void fire() {
      if (chain.tryFire("x")) {
        fires++;
      }
    }

    void fail() {
      if (chain.tryFire(new Failure(new IOException()))) {
        fires++;
      }
    }

    void cancel() {
      Cancellation.cancel(chain, null);
    }

    void cancelWhoWaits() {
      List.copyOf(followers).forEach(Deferred::cancel);
    }

    void cancelWhileItRuns() {
      chain.add(this::beingCancelled, this::beingCancelled);
    }

    private @Nullable Object beingCancelled(@Nullable Object result) {
      OtherThread.run(this::cancel);
      return result;
    }

    void pause() {
      chain.pauseOnce();
      pauses++;
    }

    void pauseAndUnpause() {
      chain.pauseOnce();
      chain.unpauseOnce();
    }

    void waitForIt() {
      Deferred<Object> outer = Deferred.succeed("o");
      outer.add(v -> chain, null);
      followers.add(outer);
    }

    void waitForAnother() {
      chain.add(v -> another, f -> another);
    }

    void fork() {
      Deferred<Object> fork = new Deferred<>();
      Link link = new Link.Fork(fork);
      chain.add(link, link);
      followers.add(fork);
    }

    void list() {
      Gathering.All<Object> list =
          new Gathering.All<>(List.of(new Deferred<Object>().consumeErrors(f -> {})), false, false);
      chain.addSlot(new Slot(list, 0));
      followers.add(list.target);
    }

    void get() {
      Throwable thrown = catchThrowable(() -> chain.getResult(Duration.ZERO));
      assertThat(thrown == null || thrown instanceof TimeoutException).isTrue();
    }

    void finish() {
      for (; pauses > 0; pauses--) {
        chain.unpauseOnce();
      }
      fire();
      another.tryFire("another");
      chain.add(v -> null, handled -> null);
      followers.forEach(each -> each.consumeErrors(handled -> {}));

      assertThat(ran).as("callbacks that ran").isEqualTo(added);
      assertThat(fires)
          .as("firings that were accepted or swallowed")
          .isBetween(swallows ? 1 : 0, 1);
      assertThat(chain.snapshot()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      assertThat(followers)
          .allSatisfy(each -> assertThat(each.state()).isInstanceOf(DeferredState.Value.class));
    }
  }
}
