package dev.twine.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process table of the operating system.
 *
 * <p>On Linux it is read from {@code /proc}, where starts are counted from the boot. A {@link
 * ProcessHandle} has there the time of day, reckoned from what the clock said when its JVM began;
 * so after the clock has been set, a JVM would no longer know the processes that an older one has
 * noted. Where there is no {@code /proc} the {@code ProcessHandle} has to do.
 *
 * <p>A process that is not seen may be hidden. So its absence counts only where process 1 is seen,
 * which always runs; on Windows, which has none, no process is ever absent for certain.
 *
 * @param proc the folder {@code /proc}
 */
record RunningProcesses(Path proc) implements ProcessTable {

  private static final long ALWAYS_RUNNING = 1;

  /** The place of the start among the fields behind the name of the program. */
  private static final int START = 19;

  RunningProcesses() {
    this(Path.of("/proc"));
  }

  @Override
  public long self() {
    return ProcessHandle.current().pid();
  }

  @Override
  public String host() {
    try {
      String name = read("sys/kernel/hostname").strip().replaceAll("\\s", "-");
      return name.isEmpty() ? "-" : name;
    } catch (IOException noSuchPlace) {
      return "-";
    }
  }

  @Override
  public @Nullable ProcessStart startOf(long pid) throws IOException {
    ProcessStart start = lookUp(pid);
    if (start == null && lookUp(ALWAYS_RUNNING) == null) {
      throw new IOException("The processes of others can't be seen");
    }
    return start;
  }

  private @Nullable ProcessStart lookUp(long pid) throws IOException {
    return Files.exists(proc.resolve("self/stat")) ? readStart(pid) : askForStart(pid);
  }

  private @Nullable ProcessStart readStart(long pid) throws IOException {
    String line;
    try {
      line = read(pid + "/stat");
    } catch (NoSuchFileException absent) {
      return null;
    }
    // The name stands in parentheses, and may have some of its own, and spaces.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START) {
      throw new IOException("Process " + pid + " can't be examined: " + line);
    }
    return new ProcessStart(
        read("sys/kernel/random/boot_id").strip(), Long.parseLong(fields[START]));
  }

  private String read(String file) throws IOException {
    return Files.readString(proc.resolve(file), ISO_8859_1);
  }

  private static @Nullable ProcessStart askForStart(long pid) throws IOException {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return null;
    }
    return process
        .info()
        .startInstant()
        .map(instant -> ProcessStart.at(instant.toEpochMilli()))
        .orElseThrow(() -> new IOException("The start of process " + pid + " can't be seen"));
  }
}
