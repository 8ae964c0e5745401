package dev.twine;

import static dev.twine.Results.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What probes are told. */
class ProbeTest {

  private final List<String> told = new ArrayList<>();
  private final Deferred<String> d = new Deferred<>();
  private final Deferred<String> inner = new Deferred<>();

  @AfterEach
  void watchNoMore() {
    Reports.watching = null;
  }

  @Test
  void aProbeIsToldOfFiringsCallbacksAndWaits() {
    Deferred<String> end = d.onSuccess(v -> told.add("callback")).chainCallback(v -> inner);
    Reports.watching = new Telling();
    d.callback("x");
    inner.callback("y");

    assertThat(told)
        .containsExactly(
            "d fired",
            "d gets x",
            "callback",
            "d gets x",
            "d waits on inner",
            "inner fired",
            "inner gets y");
    assertResult(end, "y");
  }

  @Test
  void aProbeIsToldOfFailuresAsFailures() {
    Failure failure = new Failure(new IOException());
    d.consumeErrors(f -> told.add("errback"));
    Reports.watching = new Telling();
    d.errback(failure);

    assertThat(told).containsExactly("d fired", "d gets " + failure, "errback");
  }

  @Test
  void aProbeIsToldOfTheLibrarysOwnCallbacks() {
    d.chainDeferred(inner);
    Reports.watching = new Telling();
    d.callback("x");

    assertThat(told).containsExactly("d fired", "d gets x", "inner fired");
  }

  @Test
  void whatAProbeThrowsIsLoggedAndDropped() {
    Reports.logged();
    IllegalStateException broken = new IllegalStateException("a broken probe");
    d.onSuccess(v -> told.add("callback"));
    Reports.watching =
        new Probe() {
          @Override
          public void entering(Deferred<?> deferred, @Nullable Object input) {
            throw broken;
          }
        };
    d.callback("x");

    assertThat(told).containsExactly("callback");
    assertThat(Reports.logged()).extracting(LogRecord::getThrown).containsExactly(broken);
  }

  @Test
  void aProbeNeedsToImplementNothing() {
    Probe empty = new Probe() {};
    Failure failure = new Failure(new IOException());
    empty.entering(d, "x");
    empty.fired(d);
    empty.waiting(d, inner);
    empty.takenAgain(d);
    empty.reported(new IOException(), "somewhere");
    empty.unhandled(new UnhandledFailure(failure, false, null, null));

    assertThat(d.state()).isEqualTo(new DeferredState.Unfired<>(0));
  }

  private final class Telling implements Probe {
    @Override
    public void entering(Deferred<?> deferred, @Nullable Object input) {
      told.add(name(deferred) + " gets " + input);
    }

    @Override
    public void fired(Deferred<?> deferred) {
      told.add(name(deferred) + " fired");
    }

    @Override
    public void waiting(Deferred<?> deferred, Deferred<?> on) {
      told.add(name(deferred) + " waits on " + name(on));
    }

    private String name(Deferred<?> deferred) {
      return deferred == d ? "d" : deferred == inner ? "inner" : "?";
    }
  }
}
