package dev.twine;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: the immutable box around a {@link Throwable} that travels along the errbacks of
 * a {@link Deferred}.
 *
 * <p>A failure is not itself a Throwable, so that it can't be thrown by mistake; {@link #raise}
 * throws what it holds, the very object, never wrapped.
 *
 * {@snippet class=Snippets region=failure_trap lang=java}
 *
 * <p>Twisted's {@code twisted.python.failure.Failure}.
 *
 * @since 0.1
 */
public final class Failure {

  private final Throwable value;

  /**
   * Makes a failure.
   *
   * @param value the exception to hold, kept as it is
   */
  public Failure(Throwable value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /**
   * Gives the exception.
   *
   * @return the very object that was thrown
   */
  public Throwable value() {
    return value;
  }

  /**
   * Tells which of some types the exception is an instance of.
   *
   * @param types the types to look for, in this order; subclasses count
   * @return the first type that matches, or null if none does
   */
  @SafeVarargs
  public final @Nullable Class<? extends Throwable> check(Class<? extends Throwable>... types) {
    for (Class<? extends Throwable> type : types) {
      if (type.isInstance(value)) {
        return type;
      }
    }
    return null;
  }

  /**
   * Accepts the exception if it is of one of some types, else throws it on, checked or not.
   *
   * <p>The first line of an errback that can deal with some errors only: what is not listed goes on
   * to the next errback.
   *
   * @param types the types that are expected; subclasses count
   * @return the first type that matches
   */
  @SafeVarargs
  public final Class<? extends Throwable> trap(Class<? extends Throwable>... types) {
    Class<? extends Throwable> type = check(types);
    return type != null ? type : raise();
  }

  /**
   * Throws the exception, checked or not.
   *
   * @param <R> any type, so that the call can stand after {@code return}
   * @return never
   */
  @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"}) // after `return`
  public <R extends @Nullable Object> R raise() {
    throw Failure.<RuntimeException>sneak(value);
  }

  /**
   * Gives the message of the exception, or its class if it has none.
   *
   * @return a text; never null, and never an exception, even if the message can't be made
   */
  public String getErrorMessage() {
    try {
      String message = value.getMessage();
      return message != null ? message : value.getClass().getName();
    } catch (Throwable unprintable) { // never an exception from here
      return "<" + value.getClass().getName() + " whose message can't be made>";
    }
  }

  /**
   * Gives the stack trace of the exception, with its causes and suppressed exceptions.
   *
   * @return the lines that {@link Throwable#printStackTrace()} prints
   */
  public String getTraceback() {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    printTraceback(writer);
    writer.flush();
    return text.toString();
  }

  /**
   * Prints the stack trace of the exception.
   *
   * @param out where to
   */
  public void printTraceback(PrintWriter out) {
    try {
      value.printStackTrace(out);
    } catch (Throwable unprintable) { // never an exception from here
      out.println(getErrorMessage());
    }
  }

  /**
   * Prints the stack trace of the exception.
   *
   * @param out where to
   */
  public void printTraceback(PrintStream out) {
    out.print(getTraceback());
  }

  /**
   * Logs the exception, with its stack trace, at level ERROR.
   *
   * @param logger where to
   * @param message what was being done
   */
  public void log(System.Logger logger, String message) {
    logger.log(System.Logger.Level.ERROR, message, value);
  }

  /** Gives the class of the exception only: printing a failure runs no code of a user's. */
  @Override
  public String toString() {
    return "Failure[" + value.getClass().getName() + "]";
  }

  /** Throws whatever it is given without declaring it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: nothing is cast
  static <X extends Throwable> RuntimeException sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
