package dev.twine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file lock between processes: killed holders, and two that take over from a dead one. */
class DeferredFilesystemLockProcessTest {

  @TempDir Path folder;

  @Test
  void theLockOfAKilledProcessIsTakenOver() throws Exception {
    killHolders(5);
  }

  @Test
  @Tag("long")
  void theLockOfAKilledProcessIsTakenOverEveryTime() throws Exception {
    killHolders(20);
  }

  @Test
  void ofTwoProcessesOneTakesOver() throws Exception {
    TakeOverStorm.play(folder, 2_000, true).assertOneHolderInEachOf(2_000);
  }

  @Test
  @Tag("long")
  void ofTwoProcessesOneTakesOverInTwentyThousandRounds() throws Exception {
    TakeOverStorm.play(folder, 20_000, true).assertOneHolderInEachOf(20_000);
  }

  @Test
  void withoutTheGuardTheStormFindsTwoHolders() throws Exception {
    assertThat(TakeOverStorm.play(folder, 20_000, false).doubles()).isPositive();
  }

  private void killHolders(int times) throws Exception {
    ManualClock clock = new ManualClock();
    DeferredFilesystemLock lock = new DeferredFilesystemLock(folder.resolve("x"), clock);
    for (int time = 0; time < times; time++) {
      Process holder = Children.start(LockHolder.class, lock.path());
      try (BufferedReader says =
          new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8))) {
        assertThat(says.readLine()).isEqualTo("locked");
        assertThat(lock.lock()).as("the holder is alive").isFalse();
        Deferred<?> waiting = lock.deferUntilLocked();

        assertThat(holder.destroyForcibly().waitFor(30, SECONDS)).isTrue();
        clock.advance(Duration.ofSeconds(1));

        assertThat(waiting.isCalled()).isTrue();
        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.wasClean()).isFalse();
        assertThat(Files.readSymbolicLink(lock.path()))
            .hasToString(Long.toString(ProcessHandle.current().pid()));
      } finally {
        holder.destroyForcibly();
      }
      lock.unlock();
    }
  }
}
