package dev.twine;

import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** With debugging on: where a Deferred was made and fired, around what its {@code aux} holds. */
final class Sites {

  private static final VarHandle AUX;

  static {
    try {
      AUX = MethodHandles.lookup().findVarHandle(Sites.class, "aux", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** As {@code Chain.aux}, and with the same rights to it. */
  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private @Nullable Object aux;

  final @Nullable Throwable created;

  /** Written once, by whoever fires the Deferred. */
  volatile @Nullable Throwable fired;

  Sites(@Nullable Object aux, @Nullable Throwable created, @Nullable Throwable fired) {
    this.aux = aux;
    this.created = created;
    this.fired = fired;
  }

  @Nullable Object aux() {
    return AUX.getVolatile(this);
  }

  void setAux(@Nullable Object value) {
    AUX.setVolatile(this, value);
  }

  boolean casAux(@Nullable Object expected, @Nullable Object value) {
    return AUX.compareAndSet(this, expected, value);
  }

  /** The sites as text for the end of a message; empty if none is known. */
  static String text(@Nullable Throwable created, @Nullable Throwable fired) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    if (created != null) {
      created.printStackTrace(out);
    }
    if (fired != null) {
      fired.printStackTrace(out);
    }
    out.flush();
    String sites = text.toString();
    return sites.isEmpty() ? "" : System.lineSeparator() + sites;
  }

  /** A place in the program: a stack trace that says what happened there. */
  static final class Site extends Throwable {

    @Serial private static final long serialVersionUID = 1L;

    Site(String what) {
      super(what);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // nothing failed: the trace is a place
    public String toString() {
      return getMessage() + " at";
    }
  }
}
