package dev.twine.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Collects the exceptions that the library logs, in place of printing them. */
final class LoggedExceptions extends Handler {

  private final Logger library = Logger.getLogger("dev.twine");
  private final List<Throwable> exceptions = new CopyOnWriteArrayList<>();
  private @Nullable Level before;

  void begin() {
    before = library.getLevel();
    library.setLevel(Level.ALL);
    library.setUseParentHandlers(false);
    library.addHandler(this);
  }

  void end() {
    library.removeHandler(this);
    library.setUseParentHandlers(true);
    library.setLevel(before);
  }

  List<Throwable> exceptions() {
    return exceptions;
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getThrown() != null) {
      exceptions.add(record.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
