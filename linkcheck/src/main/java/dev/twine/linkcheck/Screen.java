package dev.twine.linkcheck;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * Where the program writes: a terminal, or a file or a pipe.
 *
 * <p>Addresses come from strangers, so nothing of them is printed that isn't a printable character
 * of the user's charset: a line stays a line, in a POSIX locale too, and no page can send commands
 * to the terminal. Any thread may write.
 */
final class Screen {

  private final PrintStream out;
  private final PrintStream err;
  private final Charset charset;
  private final boolean terminal;

  /** The length of the progress line that is to be seen now; guarded by this. */
  private int progress;

  /**
   * Makes a screen.
   *
   * @param terminal whether a line can be written over
   */
  Screen(PrintStream out, PrintStream err, Charset charset, boolean terminal) {
    this.out = out;
    this.err = err;
    this.charset = charset;
    this.terminal = terminal;
  }

  /** The screen of this process. */
  static Screen system() {
    // Java has no portable way before 22 to ask whether the output is a terminal, and from 22 on
    // System.console() says something else; the shell that starts us knows.
    boolean terminal = Boolean.getBoolean("twine.terminal");
    String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
    return new Screen(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        charset,
        terminal);
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Prints a line. */
  synchronized void line(String text) {
    clear();
    out.println(printable(text));
  }

  /** Prints a line for a user who has asked for something impossible. */
  synchronized void complain(String text) {
    clear();
    err.println(printable(text));
  }

  /** Shows how far things are: on a terminal always in the same line, else in one of its own. */
  synchronized void progress(String text) {
    String line = printable(text);
    if (terminal) {
      clear();
      out.print(line);
      out.flush();
      progress = line.length();
    } else {
      out.println(line);
    }
  }

  private void clear() {
    if (progress > 0) {
      out.print("\r" + " ".repeat(progress) + "\r");
      progress = 0;
    }
  }

  /** Gives a text as it can be printed here, with all other characters escaped. */
  String printable(String text) {
    CharsetEncoder encoder = charset.newEncoder();
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              if (isGraphic(c) && encoder.canEncode(character)) {
                printable.append(character);
              } else {
                printable.append(String.format("\\u%04x", c));
              }
            });
    return printable.toString();
  }

  private static boolean isGraphic(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
