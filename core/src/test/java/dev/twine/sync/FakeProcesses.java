package dev.twine.sync;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A process table that a test fills in. */
final class FakeProcesses implements ProcessTable {

  static final String BOOT = "boot";

  private final Map<Long, ProcessStart> running = new HashMap<>();
  private final Set<Long> hidden = new HashSet<>();
  private final long self;
  String host = "here";

  /** Done before another process is looked up. */
  Runnable meanwhile = () -> {};

  FakeProcesses(long self) {
    this.self = self;
    start(self, 1);
  }

  void start(long pid, long ticks) {
    start(pid, new ProcessStart(BOOT, ticks));
  }

  void start(long pid, ProcessStart start) {
    running.put(pid, start);
  }

  void hide(long pid) {
    hidden.add(pid);
  }

  @Override
  public long self() {
    return self;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public @Nullable ProcessStart startOf(long pid) throws IOException {
    if (pid != self) {
      meanwhile.run();
    }
    if (hidden.contains(pid)) {
      throw new IOException("not permitted");
    }
    return running.get(pid);
  }
}
