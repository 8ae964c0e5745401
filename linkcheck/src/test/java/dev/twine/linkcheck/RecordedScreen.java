package dev.twine.linkcheck;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A screen that remembers what was written to it. */
final class RecordedScreen {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Charset charset;
  private final Screen screen;

  RecordedScreen(Charset charset, boolean terminal) {
    this.charset = charset;
    this.screen =
        new Screen(
            new PrintStream(out, true, charset),
            new PrintStream(err, true, charset),
            charset,
            terminal);
  }

  /** A file or a pipe. */
  static RecordedScreen piped() {
    return new RecordedScreen(StandardCharsets.UTF_8, false);
  }

  Screen screen() {
    return screen;
  }

  String text() {
    return out.toString(charset);
  }

  List<String> lines() {
    return text().lines().toList();
  }

  String lastLine() {
    List<String> lines = lines();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  List<String> complaints() {
    return err.toString(charset).lines().toList();
  }
}
