package dev.twine.testing;

import static dev.twine.testing.Results.assertNoResult;
import static dev.twine.testing.Results.failureResultOf;
import static dev.twine.testing.Results.successResultOf;
import static dev.twine.testing.TwineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.sync.DeferredLock;
import dev.twine.time.LoopingCall;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of the test kit. */
class TestingSnippets {

  @Test
  void results() {
    Deferred<String> page = new Deferred<>();
    Deferred<String> lost = new Deferred<>();
    // @start region=results
    assertNoResult(page);
    page.callback("<html>");
    assertThat(successResultOf(page)).isEqualTo("<html>");

    lost.errback(new IOException("no route"));
    assertThat(failureResultOf(lost, IOException.class)).hasMessage("no route");
    // @end
    assertThat(successResultOf(page)).isNull();
  }

  @Test
  void assertions() {
    Deferred<String> page = Deferred.succeed("<html>");
    Deferred<String> lost = Deferred.fail(new IOException("no route"));
    Deferred<String> asked = new Deferred<>();
    // @start region=assertions
    assertThat(page).hasFiredWith("<html>");
    assertThat(lost).hasFailedWith(IOException.class).hasMessage("no route");
    assertThat(asked).hasNoResult();
    // @end
  }

  @Test
  void steps() {
    Deferred<String> page = new Deferred<>();
    // @start region=steps
    Steps steps = new Steps();

    page.onSuccess(steps.step(2)).onSuccess(html -> steps.expect(3));
    steps.expect(1);
    page.callback("<html>");
    steps.finish(4);
    // @end
    assertThat(page).hasFiredWith("<html>");
  }

  @Test
  void executor() {
    List<String> written = new ArrayList<>();
    // @start region=executor
    ManualExecutor disk = new ManualExecutor();

    Deferred<String> page = Deferred.succeed("<html>").continueOn(disk).onSuccess(written::add);
    assertThat(page).hasNoResult();

    disk.runAll();
    assertThat(page).hasFiredWith("<html>");
    // @end
    assertThat(written).containsExactly("<html>");
  }

  // @start region=left_behind
  @LeavesNothingBehind
  static class HeartbeatTest {

    private final ManualClock clock = new ManualClock();
    private int beats;

    @Test
    void beatsEverySecond() {
      LoopingCall heart = new LoopingCall(clock, () -> beats++);
      Deferred<LoopingCall> unused = heart.start(Duration.ofSeconds(1));

      clock.advance(Duration.ofSeconds(1));

      assertThat(beats).isEqualTo(2);
      heart.stop(); // without this the test fails, and shows the line with start
    }
  }

  // @end

  @Test
  void interleaving() {
    // @start region=interleaving
    Interleavings.explore(
        1_000,
        scheduler -> {
          Account account = new Account(scheduler);
          Deferred<Integer> one = account.add(10);
          Deferred<Integer> other = account.add(10);

          scheduler.runAll();

          assertThat(one).hasFired();
          assertThat(other).hasFired();
          assertThat(account.balance).isEqualTo(20);
        });
    // @end
  }

  /** Reads and writes in tasks of their own. */
  private static final class Account {

    private final DeferredLock lock = new DeferredLock();
    private final Executor executor;
    private int balance;

    Account(Executor executor) {
      this.executor = executor;
    }

    Deferred<Integer> add(int amount) {
      return lock.run(
          () ->
              Deferred.succeed(null)
                  .continueOn(executor)
                  .addCallback(ignored -> balance)
                  .continueOn(executor)
                  .addCallback(before -> balance = before + amount));
    }
  }
}
