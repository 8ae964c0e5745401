package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.time.CooperativeTask;
import dev.twine.time.Cooperator;
import dev.twine.time.LoopingCall;
import dev.twine.time.ManualClock;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of schedulers, clocks, loops, tasks and threads. */
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
  void delayedCalls() {
    AtomicLong frame = new AtomicLong();
    // @start region=delayed_calls
    class FrameClock implements Scheduler { // the time of a game, which has no other
      private final DelayedCalls calls = new DelayedCalls(frame::get, () -> {});

      @Override
      public Duration now() {
        return Duration.ofNanos(frame.get());
      }

      @Override
      public DelayedCall callLater(Duration delay, Runnable call) {
        return calls.add(delay, call);
      }

      void draw(long nanos) {
        frame.set(nanos);
        for (Runnable due = calls.takeDue(); due != null; due = calls.takeDue()) {
          due.run();
        }
      }
    }
    // @end
    FrameClock game = new FrameClock();
    game.callLater(Duration.ofMillis(40), () -> say("Boo!"));
    game.draw(39_999_999);
    assertThat(said).isEmpty();
    game.draw(40_000_000);
    assertThat(said).containsExactly("Boo!");
    assertThat(game.now()).isEqualTo(Duration.ofMillis(40));
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
  void cooperator() throws Throwable {
    ManualClock scheduler = new ManualClock();
    List<String> pages = List.of("one", "two");
    List<String> printed = new ArrayList<>();
    // @start region=cooperator_basic
    Cooperator cooperator = new Cooperator(scheduler);
    Deferred<Iterator<Boolean>> end =
        cooperator.coiterate(pages.stream().map(page -> printed.add(page)).iterator());
    // @end
    scheduler.advance(Duration.ZERO);
    assertThat(end.get()).isExhausted();
    assertThat(printed).isEqualTo(pages);
  }

  @Test
  void cooperatorWithOptions() {
    ManualClock scheduler = new ManualClock();
    // @start region=cooperator_builder
    Cooperator oneStepASecond =
        Cooperator.builder(scheduler)
            .delay(Duration.ofSeconds(1))
            .tickEnds(() -> () -> true)
            .build();
    // @end
    oneStepASecond.cooperate(List.of("some", "work").iterator());
    assertThat(scheduler.dueTimes()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void cooperativeTask() {
    ManualClock scheduler = new ManualClock();
    Cooperator cooperator = new Cooperator(scheduler);
    List<String> pages = List.of("one", "two");
    // @start region=cooperative_task
    // each step gives a Deferred, and the next one waits for it
    Iterator<Deferred<String>> fetches = pages.stream().map(page -> fetch(page)).iterator();
    CooperativeTask<?> task = cooperator.cooperate(fetches);
    task.whenDone()
        .onSuccess(iterator -> say("all fetched"))
        .consumeErrors(failure -> say("not all fetched: " + failure.getErrorMessage()));

    // while something else is more important
    task.pause();
    task.resume();
    // @end
    scheduler.advance(Duration.ZERO);
    assertThat(said).containsExactly("all fetched");
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
