package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimantTest {

  private final DeferredLock lock = new DeferredLock();

  @AfterEach
  void debuggingOff() {
    Deferred.setDebugging(false);
  }

  @Test
  void withoutDebuggingThereIsTheNameOnly() {
    assertThat(Claimant.caller(null)).isEqualTo(new Claimant(null, null, null));
    assertThat(Claimant.caller("Ada")).isEqualTo(new Claimant("Ada", null, null));
  }

  @Test
  void withDebuggingThereIsATimeAndAPlace() {
    Deferred.setDebugging(true);
    Instant before = Instant.now();
    Claimant claimant = Claimant.caller("Ada");
    Instant after = Instant.now();

    assertThat(claimant.name()).isEqualTo("Ada");
    assertThat(claimant.since()).isBetween(before, after);
    assertThat(claimant.from()).isNotNull();
  }

  @Test
  void thePlaceIsTheFirstOneOutsideOfThisLibrary() {
    Deferred.setDebugging(true);

    // these tests are of the library's packages themselves, an Optional is not
    assertThat(Optional.of("Ada").map(lock::acquire)).isPresent();

    StackTraceElement from = lock.holders().get(0).from();
    assertThat(from.getClassName()).isEqualTo("java.util.Optional");
    assertThat(from.getMethodName()).isEqualTo("map");
  }

  @Test
  void whoIsServedHoldsFromThenOn() {
    Deferred.setDebugging(true);
    Claimant waiter = Claimant.caller("Ada");
    Instant later = Instant.now();
    while (!later.isAfter(waiter.since())) {
      later = Instant.now();
    }

    Claimant holder = waiter.served();

    assertThat(holder.since()).isAfterOrEqualTo(later);
    assertThat(holder.name()).isEqualTo("Ada");
    assertThat(holder.from()).isSameAs(waiter.from());
  }

  @Test
  void whoCameWhileDebuggingWasOffHasNoTimeLater() {
    Claimant waiter = Claimant.caller("Ada");
    Deferred.setDebugging(true);

    assertThat(waiter.served()).isSameAs(waiter);
  }

  @Test
  void whoCameWhileDebuggingWasOnKeepsHisPlaceWhenItIsOff() {
    Deferred.setDebugging(true);
    Claimant waiter = Claimant.caller(null);
    Deferred.setDebugging(false);

    assertThat(waiter.served().from()).isNotNull();
  }
}
