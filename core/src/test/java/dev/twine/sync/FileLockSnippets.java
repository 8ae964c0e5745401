package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of the file lock. */
class FileLockSnippets {

  private final ManualClock scheduler = new ManualClock();
  private final List<String> said = new ArrayList<>();

  @Test
  void fileLock(@TempDir Path folder) {
    // @start region=file_lock
    DeferredFilesystemLock lock =
        new DeferredFilesystemLock(folder.resolve("spool.lock"), scheduler);
    lock.deferUntilLocked(Duration.ofSeconds(30))
        .onSuccess(
            locked -> {
              try {
                sendTheSpool();
              } finally {
                lock.unlock();
              }
            })
        .consumeErrors(failure -> say("not sent: " + failure.getErrorMessage()));
    // @end
    assertThat(said).containsExactly("sent");
    assertThat(lock.isLocked()).isFalse();
  }

  private void sendTheSpool() {
    say("sent");
  }

  private void say(String what) {
    said.add(what);
  }
}
