package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProcessesTest {

  /** No system gives this number to a process. */
  private static final long NEVER = 2_000_000_000;

  private final RunningProcesses real = new RunningProcesses();

  @TempDir Path folder;

  @Test
  void thisProcessIsFound() throws IOException {
    assertThat(real.self()).isEqualTo(ProcessHandle.current().pid());
    assertThat(real.startOf(real.self())).isNotNull().isEqualTo(real.startOf(real.self()));
    assertThat(real.host()).isNotEmpty().doesNotContainAnyWhitespaces();
  }

  @Test
  void aPidThatNobodyHasIsAbsent() throws IOException {
    assertThat(real.startOf(NEVER)).isNull();
  }

  @Test
  void aProcessThatHasEndedIsAbsent() throws Exception {
    assertThat(real.startOf(Children.ended())).isNull();
  }

  @Test
  void withoutProcTheProcessHandleHasToDo() throws IOException {
    RunningProcesses handles = new RunningProcesses(folder.resolve("none"));

    assertThat(handles.startOf(handles.self()))
        .isEqualTo(
            ProcessStart.at(
                ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli()));
    assertThat(handles.startOf(NEVER)).isNull();
    assertThat(handles.host()).isEqualTo("-");
  }

  @Test
  void theStartIsCountedFromTheBoot() throws IOException {
    RunningProcesses table = procWith(7, "(java)", 4711);

    assertThat(table.startOf(7)).isEqualTo(new ProcessStart("b-o-o-t", 4711));
  }

  @Test
  void theNameOfAProgramMayBeAnything() throws IOException {
    assertThat(procWith(7, "(a) b 1 2 (c)", 4711).startOf(7))
        .isEqualTo(new ProcessStart("b-o-o-t", 4711));
  }

  @Test
  void aProcessThatCannotBeReadIsHidden() throws IOException {
    RunningProcesses table = procWith(7, "(java)", 4711);
    write("8/stat", "8 (zombie) ?");
    Files.createDirectories(folder.resolve("9/stat"));

    assertThatThrownBy(() -> table.startOf(8)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> table.startOf(9)).isInstanceOf(IOException.class);
  }

  @Test
  void whereProcessOneIsNotSeenNobodyIsAbsent() throws IOException {
    RunningProcesses table = procWith(7, "(java)", 4711);
    assertThat(table.startOf(8)).isNull();

    Files.delete(folder.resolve("1/stat"));

    assertThatThrownBy(() -> table.startOf(8)).isInstanceOf(IOException.class);
    assertThat(table.startOf(7)).isNotNull();
  }

  @Test
  void theNameOfTheHostIsOneWord() throws IOException {
    RunningProcesses table = procWith(7, "(java)", 4711);
    write("sys/kernel/hostname", "my host\n");
    assertThat(table.host()).isEqualTo("my-host");

    write("sys/kernel/hostname", "\n");
    assertThat(table.host()).isEqualTo("-");
  }

  private RunningProcesses procWith(long pid, String name, long start) throws IOException {
    write("self/stat", "");
    write("sys/kernel/random/boot_id", "b-o-o-t\n");
    write("1/stat", stat(1, "(init)", 5));
    write(pid + "/stat", stat(pid, name, start));
    return new RunningProcesses(folder);
  }

  private static String stat(long pid, String name, long start) {
    return pid + " " + name + " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 " + start + " 20\n";
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
