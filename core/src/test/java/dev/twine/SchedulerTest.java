package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ScheduledThreadPoolExecutor executor = ExecutorScheduler.newDaemon();
  private final Scheduler scheduler = Scheduler.of(executor);

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void systemMakesItsCallsOnOneDaemonThread() throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    Scheduler.system().callLater(Duration.ZERO, () -> first.complete(Thread.currentThread()));
    Scheduler.system().callLater(Duration.ZERO, () -> second.complete(Thread.currentThread()));

    Thread thread = first.get(10, SECONDS);

    assertThat(thread).isSameAs(second.get(10, SECONDS));
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("twine-scheduler");
    assertThat(Scheduler.system()).isSameAs(Scheduler.system());
  }

  @Test
  void theThreadTakesOverNothingFromWhoeverStartedIt() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("mine");
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new ClassLoader(own) {});
    try {
      CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
      CompletableFuture<String> inherited = new CompletableFuture<>();
      scheduler.callLater(
          Duration.ZERO,
          () -> {
            loader.complete(Thread.currentThread().getContextClassLoader());
            inherited.complete(local.get());
          });

      assertThat(loader.get(10, SECONDS)).isSameAs(ClassLoader.getSystemClassLoader());
      assertThat(inherited.get(10, SECONDS)).isNull();
    } finally {
      Thread.currentThread().setContextClassLoader(own);
      local.remove();
    }
  }

  @Test
  void callsAreMadeInTheOrderOfTheirTimesThenOfTheirCreation() {
    Duration step = Duration.ofMillis(50);
    List<Integer> made = new ArrayList<>();
    // Should the machine pause for a whole step in between, the times are others: then once more.
    while (!madeFasterThan(step, made)) {
      made.clear();
    }

    assertThat(made).containsExactly(1, 2, 3, 4);
  }

  private boolean madeFasterThan(Duration step, List<Integer> made) {
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    scheduler.callLater(Duration.ZERO, () -> await(opened));
    Duration begin = scheduler.now();
    scheduler.callLater(step.multipliedBy(2), () -> made.add(4));
    scheduler.callLater(step, () -> made.add(3));
    scheduler.callLater(Duration.ZERO, () -> made.add(1));
    scheduler.callLater(Duration.ZERO, () -> made.add(2));
    Duration spent = scheduler.now().minus(begin);
    scheduler.callLater(step.multipliedBy(4), done::countDown);
    opened.countDown();
    await(done);
    return spent.compareTo(step) < 0;
  }

  @Test
  void aCallIsNeverMadeInsideCallLater() {
    Thread caller = Thread.currentThread();
    CompletableFuture<Thread> made = new CompletableFuture<>();

    scheduler.callLater(Duration.ZERO, () -> made.complete(Thread.currentThread()));

    assertThat(made.join()).isNotSameAs(caller);
  }

  @Test
  void theTimeGoesOnAndNoCallIsEarly() {
    Duration before = scheduler.now();
    CompletableFuture<Duration> made = new CompletableFuture<>();
    Duration delay = Duration.ofMillis(5);

    scheduler.callLater(delay, () -> made.complete(scheduler.now()));

    assertThat(made.join()).isGreaterThanOrEqualTo(before.plus(delay));
    assertThat(scheduler.now()).isGreaterThanOrEqualTo(made.join());
  }

  @Test
  void whatWasDoneBeforeCallLaterIsSeenByTheCall() {
    int[] plain = {0};
    CompletableFuture<Integer> seen = new CompletableFuture<>();
    plain[0] = 42;

    scheduler.callLater(Duration.ZERO, () -> seen.complete(plain[0]));

    assertThat(seen.join()).isEqualTo(42);
  }

  @Test
  void anExceptionGoesToTheHandlerOfTheThreadAndTheSchedulerGoesOn() throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    CompletableFuture<Thread> next = new CompletableFuture<>();
    Error thrown = new AssertionError("thrown by a timed call");
    Thread[] thread = new Thread[1];
    scheduler.callLater(
        Duration.ZERO,
        () -> {
          thread[0] = Thread.currentThread();
          thread[0].setUncaughtExceptionHandler((where, what) -> handled.complete(what));
          throw thrown;
        });
    scheduler.callLater(Duration.ZERO, () -> next.complete(Thread.currentThread()));

    assertThat(handled.get(10, SECONDS)).isSameAs(thrown);
    assertThat(next.get(10, SECONDS)).isSameAs(thread[0]);
  }

  @Test
  void aMillionTimeoutsThatNeverFireLeaveNothingBehind() {
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(scheduler.callLater(HOUR, () -> {}).cancel()).isTrue();
    }

    assertThat(executor.getQueue()).isEmpty();
  }

  @Test
  void aCancelledCallIsLetGoWhileItsHandleIsKept() throws Exception {
    Runnable call = new ArrayList<>()::clear;
    WeakReference<Runnable> reference = new WeakReference<>(call);
    DelayedCall handle = Scheduler.system().callLater(HOUR, call);
    call = null;

    handle.cancel();

    assertThat(isCollected(reference)).isTrue();
    assertThat(handle.isActive()).isFalse();
  }

  @Test
  void aCallIsLetGoWhenItHasBeenMade() throws Exception {
    CountDownLatch made = new CountDownLatch(1);
    Runnable call = new CountDownLatch[] {made}[0]::countDown;
    WeakReference<Runnable> reference = new WeakReference<>(call);
    DelayedCall handle = scheduler.callLater(Duration.ZERO, call);
    call = null;
    await(made);

    assertThat(isCollected(reference)).isTrue();
    assertThat(handle.isActive()).isFalse();
  }

  @Test
  void aDelayTooLongToCountIsCutDown() {
    DelayedCall never = scheduler.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> {});

    never.delay(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(never.isActive()).isTrue();
    never.reset(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(never.cancel()).isTrue();
    assertThat(executor.getQueue()).isEmpty();
    assertThat(ExecutorScheduler.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anExecutorThatIsShutDownRefusesTheCall() {
    executor.shutdown();

    assertThatThrownBy(() -> scheduler.callLater(HOUR, () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aNegativeDelayIsRefusedAndNamed() {
    assertThatThrownBy(() -> scheduler.callLater(Duration.ofSeconds(-3), () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative but is PT-3S");
  }

  @Test
  void nullIsRefusedAndNamed() {
    assertThatThrownBy(() -> scheduler.callLater(null, () -> {}))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("delay");
    assertThatThrownBy(() -> scheduler.callLater(HOUR, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("call");
    assertThatThrownBy(() -> Scheduler.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("executor");
  }

  private static boolean isCollected(WeakReference<?> reference) {
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() == null;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
