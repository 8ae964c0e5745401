package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardFileTest {

  private static final LockOwner SOME = owner(17, "a-host-with-a-long-name");
  private static final LockOwner OTHER = owner(4, "short");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("x.guard");
  }

  @Test
  void oneAtATimeHasTheRight() throws IOException {
    try (Guard first = GuardFile.tryEnter(file)) {
      assertThat(first).isNotNull();
      assertThat(GuardFile.tryEnter(file)).isNull();
    }
    enter().close();
  }

  @Test
  void theFileStays() throws IOException {
    enter().close();

    assertThat(file).isRegularFile();
  }

  @Test
  void aNewFileSaysNothing() throws IOException {
    try (Guard guard = enter()) {
      assertThat(guard.owner()).isNull();
    }
  }

  @Test
  void theNoteIsThereForTheNextOne() throws IOException {
    try (Guard guard = enter()) {
      guard.note(SOME);
      assertThat(guard.owner()).isEqualTo(SOME);
    }
    try (Guard guard = enter()) {
      assertThat(guard.owner()).isEqualTo(SOME);
      guard.note(OTHER);
    }
    assertThat(file).hasContent(OTHER.line().strip());
  }

  @Test
  void aStrangeFileSaysNothing() throws IOException {
    Files.writeString(file, "x".repeat(100_000));

    try (Guard guard = enter()) {
      assertThat(guard.owner()).isNull();
    }
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "not to be touched");
    Files.createSymbolicLink(file, precious);

    assertThatThrownBy(() -> GuardFile.tryEnter(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("x.guard");
    assertThat(precious).hasContent("not to be touched");
  }

  private Guard enter() throws IOException {
    Guard guard = GuardFile.tryEnter(file);
    assertThat(guard).isNotNull();
    return guard;
  }

  private static LockOwner owner(long pid, String host) {
    return new LockOwner(new LockOwner.Link(pid, 5), host, new ProcessStart("boot", 42));
  }
}
