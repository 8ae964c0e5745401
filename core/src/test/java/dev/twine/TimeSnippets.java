package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.time.LoopingCall;
import dev.twine.time.ManualClock;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of schedulers, clocks, loops and threads. */
class TimeSnippets {

  private final List<String> said = new ArrayList<>();

  @Test
  void scheduler() {
    // @start region=scheduler_basic
    Scheduler scheduler = Scheduler.system();
    DelayedCall reminder = scheduler.callLater(Duration.ofSeconds(30), () -> say("Still there?"));

    // an answer came in time
    reminder.cancel();
    // @end
    assertThat(reminder.isActive()).isFalse();
    assertThat(said).isEmpty();
  }

  @Test
  void clock() {
    // @start region=clock_basic
    ManualClock clock = new ManualClock();
    Deferred<String> answer = new Deferred<>();
    answer.addTimeout(Duration.ofMinutes(5), clock);

    clock.advance(Duration.ofSeconds(299));
    assertThat(answer.isCalled()).isFalse();

    clock.advance(Duration.ofSeconds(1));
    assertThat(answer.isCalled()).isTrue();
    // @end
    answer.consumeErrors(failure -> say("timed out"));
    assertThat(said).containsExactly("timed out");
  }

  @Test
  void later() throws Throwable {
    ManualClock scheduler = new ManualClock();
    // @start region=later_basic
    Deferred<String> page =
        Tasks.deferLater(scheduler, Duration.ofSeconds(2), () -> fetch("index.html"));
    // @end
    scheduler.advance(Duration.ofSeconds(2));
    assertThat(page.get()).isEqualTo("content of index.html");
  }

  @Test
  void loop() {
    ManualClock scheduler = new ManualClock();
    // @start region=looping_basic
    LoopingCall heartbeat = new LoopingCall(scheduler, () -> say("ping"));
    heartbeat
        .start(Duration.ofSeconds(10))
        .consumeErrors(failure -> say("no more pings: " + failure.getErrorMessage()));

    // when the connection closes
    heartbeat.stop();
    // @end
    assertThat(said).containsExactly("ping");
    assertThat(heartbeat.isRunning()).isFalse();
  }

  @Test
  void count() {
    ManualClock scheduler = new ManualClock();
    AtomicLong picture = new AtomicLong();
    // @start region=looping_count
    LoopingCall animation = LoopingCall.withCount(scheduler, picture::addAndGet);
    animation.start(Duration.ofMillis(40));
    // @end
    scheduler.advance(Duration.ofMillis(200));
    assertThat(picture).hasValue(6);
  }

  @Test
  void virtualThreads() {
    // @start region=virtual_basic
    ThreadFactory threads =
        VirtualThreads.available()
            ? VirtualThreads.factory("worker")
            : Executors.defaultThreadFactory();
    // @end
    assertThat(threads.newThread(() -> {})).isNotNull();
  }

  private void say(String text) {
    said.add(text);
  }

  private static Deferred<String> fetch(String page) {
    return Deferred.succeed("content of " + page);
  }
}
