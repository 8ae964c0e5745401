package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockOwnerTest {

  private final LockOwner owner =
      new LockOwner(
          new LockOwner.Link(17, 1_700_000_000_123L), "here", new ProcessStart("boot", 42));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(owner.line()).isEqualTo("17 1700000000123 here boot 42\n");
    assertThat(LockOwner.parse(owner.line())).isEqualTo(owner);
  }

  @Test
  void whatStandsBehindTheLineIsNotRead() {
    assertThat(LockOwner.parse(owner.line() + "rest of a longer one\n")).isEqualTo(owner);
  }

  @Test
  void halfALineIsNoOwner() {
    String line = owner.line();
    for (int length = 0; length < line.length(); length++) {
      assertThat(LockOwner.parse(line.substring(0, length))).isNull();
    }
  }

  @Test
  void anythingElseIsNoOwner() {
    assertThat(LockOwner.parse("somebody else's file\n")).isNull();
    assertThat(LockOwner.parse("17 then here boot 42\n")).isNull();
    assertThat(LockOwner.parse("17 1 here boot 42 more\n")).isNull();
  }
}
