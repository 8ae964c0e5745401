package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

  @Test
  void aLineStaysALineAndSendsNothingToTheTerminal() {
    RecordedScreen screen = RecordedScreen.piped();
    screen.screen().line("a\nb\r\t\u001b[31m\u202e\u2028c");
    screen.screen().complain("\u0007");
    assertThat(screen.lines()).containsExactly("a\\u000ab\\u000d\\u0009\\u001b[31m\\u202e\\u2028c");
    assertThat(screen.complaints()).containsExactly("\\u0007");
  }

  @Test
  void whatTheCharsetHasIsPrintedAndWhatItHasNotIsEscaped() {
    RecordedScreen utf8 = RecordedScreen.piped();
    utf8.screen().line("\u00fc\u4e2d\ud83d\ude00");
    assertThat(utf8.lines()).containsExactly("\u00fc\u4e2d\ud83d\ude00");
    RecordedScreen posix = new RecordedScreen(StandardCharsets.US_ASCII, false);
    posix.screen().line("a\u00fc\u4e2d");
    assertThat(posix.lines()).containsExactly("a\\u00fc\\u4e2d");
    assertThat(posix.screen().printable("\ud800")).isEqualTo("\\ud800");
  }

  @Test
  void onATerminalProgressIsOneLineThatGivesWayToOthers() {
    RecordedScreen screen = new RecordedScreen(StandardCharsets.UTF_8, true);
    screen.screen().progress("ten");
    screen.screen().progress("eleven");
    screen.screen().line("done");
    screen.screen().line("bye");
    String wipe3 = "\r   \r";
    String wipe6 = "\r      \r";
    assertThat(screen.text().replace(System.lineSeparator(), "\n"))
        .isEqualTo("ten" + wipe3 + "eleven" + wipe6 + "done\nbye\n");
  }

  @Test
  void elsewhereProgressIsPlainLines() {
    RecordedScreen screen = RecordedScreen.piped();
    screen.screen().progress("ten");
    screen.screen().line("done");
    assertThat(screen.lines()).containsExactly("ten", "done");
    assertThat(screen.text()).doesNotContain("\r".repeat(2), "\u001b");
  }
}
