package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looking at a chain, waiting for it, limiting its time and reporting it while it moves. */
@Tag("race")
class LookingRaceTest {

  static final Race STATE =
      new Race(
          "state() × anything",
          StateAndLife::new,
          "sees it unfired",
          "sees it running",
          "sees it waiting",
          "sees its value");

  static final Race DEBUGGING =
      new Race(
          "setDebugging × anything",
          15_000,
          DebuggingAndLife::new,
          "with a site",
          "without a site");

  static final Race TIMEOUT_FIRE =
      new Race("addTimeout × fire", TimeoutAndFire::new, "value", "time-out");

  static final Race TIMEOUT_RUN =
      new Race(
          "addTimeout × run that comes to wait",
          TimeoutAndRun::new,
          "the timer cancels",
          "the runner cancels");

  static final Race GET_TIMED_OUT =
      new Race("get(Duration) × fire", 40_000, GetAndFire::new, "value", "timed out");

  static final Race GET_INTERRUPTED =
      new Race("get() interrupted × fire", 40_000, InterruptedGet::new, "value", "interrupted");

  static final Race UNHANDLED_ERRBACK =
      new Race(
          "unhandled report × late errback",
          60,
          ReportAndErrback::new,
          "it is handled",
          "it is reported");

  /**
   * A chain is fired, waits, is resumed and ends, and somebody looks at it. What he sees was so
   * while he looked, and what he sees next is never earlier in the chain's life.
   */
  @Test
  void everySnapshotWasTrueAtSomeMoment() throws Throwable {
    STATE.test();
  }

  private static final class StateAndLife extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();
    private final boolean fromTheStart = ThreadLocalRandom.current().nextBoolean();
    private DeferredState<?> first;
    private String text;
    private DeferredState<?> last;

    StateAndLife() {
      then(
          d,
          result -> {
            begin();
            return inner;
          });
      then(
          d,
          result -> {
            dawdle();
            return result;
          });
    }

    @Override
    void left() {
      dawdle();
      d.callback("start");
      linger();
      inner.callback("value");
    }

    @Override
    void right() {
      if (!fromTheStart) {
        awaitBegin();
      }
      first = d.state();
      text = d.toString();
      last = d.state();
    }

    /** Where in the chain's life this is, if not before a given stage of it. */
    private int stage(String seen, int before) {
      if (seen.contains("unfired")) {
        return 0;
      } else if (seen.contains("running")) {
        return before <= 1 ? 1 : 3;
      } else if (seen.contains("waiting")) {
        return 2;
      }
      return 4;
    }

    private String word(DeferredState<?> state) {
      assertThat(state.pauses()).isZero();
      if (state instanceof DeferredState.Unfired<?>) {
        return "unfired";
      } else if (state instanceof DeferredState.Running<?>) {
        return "running";
      } else if (state instanceof DeferredState.Waiting<?> waiting) {
        assertThat((Object) waiting.on()).isSameAs(inner);
        return "waiting";
      }
      assertThat(state).isEqualTo(new DeferredState.Value<>("value", false, 0));
      return "value";
    }

    @Override
    String outcome() {
      int before = 0;
      for (String seen : List.of(word(first), text, word(last))) {
        int stage = stage(seen, before);
        assertThat(stage).as("%s, %s, %s", first, text, last).isGreaterThanOrEqualTo(before);
        before = stage;
      }
      String word = word(first);
      return word.equals("value") ? "sees its value" : "sees it " + word;
    }
  }

  /**
   * Debugging is turned on and off while another thread uses Deferreds in every way that has to do
   * with sites. They may know where they were made or fired, or not; if they do it is true, and
   * nothing else about them changes.
   */
  @Test
  void sitesMayBeMissingButAreNeverWrong() throws Throwable {
    DEBUGGING.test();
  }

  private static final class DebuggingAndLife extends RaceRound {
    private final AtomicInteger cancelled = new AtomicInteger();
    private Throwable site;

    @Override
    void left() {
      for (int i = 0; i < 4; i++) {
        Deferred.setDebugging(true);
        dawdle(ThreadLocalRandom.current().nextInt(4_000));
        Deferred.setDebugging(false);
        dawdle();
      }
      Deferred.setDebugging(ThreadLocalRandom.current().nextBoolean());
    }

    @Override
    void right() {
      Deferred<Object> d = makes();
      fires(d);
      assertThatThrownBy(() -> d.callback("second"))
          .isInstanceOfSatisfying(AlreadyCalledException.class, lost -> site = lost.getCause());
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("value", false, 0));
      if (site != null) {
        assertThat(Arrays.stream(site.getStackTrace()).map(StackTraceElement::getMethodName))
            .contains("fires")
            .doesNotContain("makes");
      }
      cancelsOverALink();
    }

    private Deferred<Object> makes() {
      return new Deferred<>(unused -> cancelled.incrementAndGet());
    }

    private static void fires(Deferred<Object> d) {
      d.callback("value");
    }

    private void cancelsOverALink() {
      Deferred<Object> outer = makes();
      Deferred<Object> inner = makes();
      then(outer, result -> inner);
      outer.callback("start");
      outer.cancel();
      assertThat(cancelled).hasValue(1);
      outer.consumeErrors(failure -> assertThat(isCancellation(failure)).isTrue());
      assertThat(outer.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      assertThat(inner.state()).isEqualTo(new DeferredState.Value<>(null, true, 0));
    }

    @Override
    String outcome() {
      Deferred.setDebugging(false);
      return site == null ? "without a site" : "with a site";
    }
  }

  /**
   * The time is up just when the result comes. The chain goes on with the one or the other; the
   * firing is no error, and no timer stays behind.
   */
  @Test
  void aTimeoutMeetsTheFiring() throws Throwable {
    TIMEOUT_FIRE.test();
  }

  private static final class TimeoutAndFire extends RaceRound {
    private final ManualClock clock = new ManualClock();
    private final Deferred<Object> d = new Deferred<>();
    private final List<Object> inside = new ArrayList<>();
    private final List<Object> outside = new ArrayList<>();

    TimeoutAndFire() {
      then(
          d,
          result -> {
            inside.add(result);
            dawdle();
            return result;
          });
      d.addTimeout(Duration.ofSeconds(1), clock);
      then(d, outside::add);
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      clock.advance(Duration.ofSeconds(1));
    }

    @Override
    String outcome() {
      assertThat(clock.pendingCalls()).isEmpty();
      assertThat(inside).hasSize(1);
      assertThat(outside).hasSize(1);
      if (isCancellation(inside.get(0))) {
        Failure failure = (Failure) outside.get(0);
        assertThat(failure.value()).isInstanceOf(TimeoutException.class);
        return "time-out";
      }
      assertThat(inside).containsExactly("value");
      assertThat(outside).containsExactly("value");
      return "value";
    }
  }

  /**
   * The time is up while a callback runs that is going to return a Deferred which never fires. Here
   * a lost cancel would be a wait for ever.
   */
  @Test
  void aTimeoutOfARunningChainIsNotLost() throws Throwable {
    TIMEOUT_RUN.test();
  }

  private static final class TimeoutAndRun extends RaceRound {
    private final ManualClock clock = new ManualClock();
    private final Deferred<Object> d = new Deferred<>();
    private final List<Object> outside = new ArrayList<>();
    private String cancelledOn;

    TimeoutAndRun() {
      Deferred<Object> never = new Deferred<>(unused -> cancelledOn = side());
      then(
          d,
          result -> {
            begin();
            return never;
          });
      d.addTimeout(Duration.ofSeconds(1), clock);
      then(d, outside::add);
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      clock.advance(Duration.ofSeconds(1));
    }

    @Override
    String outcome() {
      assertThat(clock.pendingCalls()).isEmpty();
      assertThat(outside).hasSize(1);
      assertThat(((Failure) outside.get(0)).value()).isInstanceOf(TimeoutException.class);
      return cancelledOn.equals("right") ? "the timer cancels" : "the runner cancels";
    }
  }

  /**
   * A thread has waited long enough just when the result comes. It gets the value or the exception;
   * the result stays where it is for those who come later.
   */
  @Test
  void aGetThatTimesOutTakesNothing() throws Throwable {
    GET_TIMED_OUT.test();
  }

  private static final class GetAndFire extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private Object got;

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() throws InterruptedException {
      try {
        got = d.get(Duration.ofNanos(ThreadLocalRandom.current().nextInt(2_000)));
      } catch (TimeoutException late) {
        got = null;
      }
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("value", false, 0));
      if (got == null) {
        return "timed out";
      }
      assertThat(got).isEqualTo("value");
      return "value";
    }
  }

  /**
   * A waiting thread is interrupted just when the result comes. Either it ends with the exception,
   * or with the value; then the interrupt is still there for whoever looks next.
   */
  @Test
  void anInterruptOfAGetIsNeverLost() throws Throwable {
    GET_INTERRUPTED.test();
  }

  private static final class InterruptedGet extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private volatile Thread waiting;
    private Object got;
    private boolean interruptKept;

    @Override
    void left() {
      await(() -> waiting != null);
      dawdle();
      waiting.interrupt();
      dawdle();
      d.callback("value");
    }

    @Override
    void right() {
      waiting = Thread.currentThread();
      try {
        got = d.get();
      } catch (InterruptedException ended) {
        got = null;
      }
      interruptKept = Thread.interrupted();
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("value", false, 0));
      if (got == null) {
        assertThat(interruptKept).isFalse();
        return "interrupted";
      }
      assertThat(got).isEqualTo("value");
      assertThat(interruptKept).as("the interrupt is kept").isTrue();
      return "value";
    }
  }

  /**
   * Failed Deferreds to which nothing refers any more but weak references are collected while
   * another thread still finds some of them, and adds errbacks. Each failure is handled or
   * reported: never both, never neither.
   */
  @Test
  void aFailureIsHandledOrReported() throws Throwable {
    UNHANDLED_ERRBACK.test();
    Reports.unhandled(); // what was to be reported here
  }

  private static final class ReportAndErrback extends RaceRound {

    private static final class Numbered extends RuntimeException {
      private static final long serialVersionUID = 1L;
      private final transient ReportAndErrback round;
      private final int number;

      Numbered(ReportAndErrback round, int number) {
        super("number " + number, null, false, false);
        this.round = round;
        this.number = number;
      }
    }

    private static final int BATCH = 200;

    private final List<WeakReference<Deferred<Object>>> deferreds = new ArrayList<>();
    private final AtomicIntegerArray reports = new AtomicIntegerArray(BATCH);
    private final AtomicInteger reported = new AtomicInteger();
    private final int[] handled = new int[BATCH];
    private Deferred<?>[] held = new Deferred<?>[BATCH];

    private final Handler log =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getThrown() instanceof Numbered thrown
                && thrown.round == ReportAndErrback.this) {
              reports.incrementAndGet(thrown.number);
              reported.incrementAndGet();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    ReportAndErrback() {
      for (int i = 0; i < BATCH; i++) {
        Deferred<Object> d = Deferred.fail(new Numbered(this, i));
        deferreds.add(new WeakReference<>(d));
        held[i] = d;
      }
      Race.LOG.addHandler(log);
    }

    @Override
    void left() {
      held = new Deferred<?>[0];
      dawdle(ThreadLocalRandom.current().nextInt(BATCH * 50_000));
      System.gc();
    }

    @Override
    void right() {
      for (int i = 0; i < BATCH; i++) {
        int number = i;
        Deferred<Object> d = deferreds.get(i).get();
        if (d != null) {
          d.addErrback(failure -> ++handled[number]);
        }
        dawdle(ThreadLocalRandom.current().nextInt(100_000));
      }
    }

    @Override
    String outcome() {
      int done = Arrays.stream(handled).sum();
      await(() -> reported.get() >= BATCH - done);
      Race.LOG.removeHandler(log);
      for (int i = 0; i < BATCH; i++) {
        assertThat(handled[i] + reports.get(i)).as("number %s", i).isEqualTo(1);
      }
      int any = ThreadLocalRandom.current().nextInt(BATCH);
      return handled[any] == 1 ? "it is handled" : "it is reported";
    }
  }
}
