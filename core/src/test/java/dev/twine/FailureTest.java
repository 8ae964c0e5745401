package dev.twine;

import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class FailureTest {

  private final FileNotFoundException missing = new FileNotFoundException("missing.txt");
  private final Failure failure = new Failure(missing);

  @Test
  void itHoldsTheVeryException() {
    assertThat(failure.value()).isSameAs(missing);
  }

  @Test
  void checkGivesTheFirstTypeThatTheExceptionIsAnInstanceOf() {
    assertThat(failure.check(IllegalStateException.class, IOException.class, Exception.class))
        .isEqualTo(IOException.class);
    assertThat(failure.check(FileNotFoundException.class)).isEqualTo(FileNotFoundException.class);
    assertThat(failure.check(IllegalStateException.class)).isNull();
    assertThat(failure.check()).isNull();
  }

  @Test
  void trapGivesTheTypeOrThrowsTheExceptionOn() {
    assertThat(failure.trap(Error.class, IOException.class)).isEqualTo(IOException.class);
    assertThatThrownBy(() -> failure.trap(IllegalStateException.class)).isSameAs(missing);
  }

  @Test
  void raiseThrowsTheVeryExceptionAndMayStandAfterReturn() {
    assertThatThrownBy(this::raised).isSameAs(missing);
  }

  private String raised() {
    return failure.raise();
  }

  @Test
  void theMessageIsThatOfTheException() {
    assertThat(failure.getErrorMessage()).isEqualTo("missing.txt");
    assertThat(new Failure(new IOException()).getErrorMessage()).isEqualTo("java.io.IOException");
  }

  @Test
  void aMessageThatCanNotBeMadeGivesAPlaceholder() {
    Failure unprintable = new Failure(new Unprintable(new IllegalStateException()));
    Failure worse = new Failure(new Unprintable(new StackOverflowError()));

    assertThat(unprintable.getErrorMessage()).contains("Unprintable", "can't be made");
    assertThat(worse.getErrorMessage()).contains("Unprintable", "can't be made");
  }

  @Test
  void aTracebackThatCanNotBeMadeGivesAPlaceholder() {
    Failure unprintable = new Failure(new Unprintable(new IllegalStateException()));
    Failure worse = new Failure(new Unprintable(new StackOverflowError()));

    assertThat(unprintable.getTraceback()).contains("can't be made");
    assertThat(worse.getTraceback()).contains("can't be made");
  }

  @SuppressWarnings("serial") // never serialized
  private static final class Unprintable extends Exception {
    private final Throwable obstacle;

    Unprintable(Throwable obstacle) {
      this.obstacle = obstacle;
    }

    @Override
    public String getMessage() {
      return raise(obstacle);
    }
  }

  @Test
  void theTracebackIsTheStackTraceWithCauses() {
    Failure caused = new Failure(new IllegalStateException("outside", missing));

    assertThat(caused.getTraceback())
        .startsWith("java.lang.IllegalStateException: outside")
        .contains("at dev.twine.FailureTest")
        .contains("Caused by: java.io.FileNotFoundException: missing.txt");
  }

  @Test
  void theTracebackCanBePrinted() {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    failure.printTraceback(writer);
    writer.flush();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    failure.printTraceback(stream);

    assertThat(text).hasToString(failure.getTraceback());
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(failure.getTraceback());
  }

  @Test
  void logWritesTheExceptionAtLevelError() {
    Reports.logged();
    failure.log(System.getLogger("dev.twine"), "reading");

    assertThat(Reports.logged())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
              assertThat(line.getMessage()).isEqualTo("reading");
              assertThat(line.getThrown()).isSameAs(missing);
            });
  }

  @Test
  void asTextItRunsNoCodeOfAUsers() {
    assertThat(new Failure(new Unprintable(new AssertionError())).toString())
        .isEqualTo("Failure[" + Unprintable.class.getName() + "]");
  }

  @Test
  void itNeedsAnException() {
    assertThatThrownBy(() -> new Failure(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("value");
  }
}
