package dev.twine.examples;

import static dev.twine.Deferred.maybeDeferred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserCheckTest {

  private static final String WELCOME = "welcome";
  private static final String UNKNOWN = "there is no such user";

  private final ManualClock clock = new ManualClock();

  @Test
  void aPlainFunctionIsWrappedByItsCaller() throws Exception {
    assertThat(UserCheck.authenticate(maybeDeferred(() -> UserCheck.isValidUser("Alice"))).get())
        .isEqualTo(WELCOME);
    assertThat(UserCheck.authenticate(maybeDeferred(() -> UserCheck.isValidUser("Mallory"))).get())
        .isEqualTo(UNKNOWN);
  }

  @Test
  void whatAPlainFunctionThrowsBecomesAFailure() {
    Deferred<String> result =
        UserCheck.authenticate(maybeDeferred(() -> UserCheck.isValidUser("")));

    assertThat(catchThrowable(result::get)).hasMessage("a user has a name");
  }

  @Test
  void oneThatReturnsADeferredMayHaveFiredIt() throws Exception {
    assertThat(UserCheck.immediateIsValidUser("Alice").isCalled()).isTrue();
    assertThat(UserCheck.authenticate(UserCheck.immediateIsValidUser("Alice")).get())
        .isEqualTo(WELCOME);
    assertThat(UserCheck.authenticate(UserCheck.immediateIsValidUser("Mallory")).get())
        .isEqualTo(UNKNOWN);
  }

  @Test
  void orItFiresLaterAndTheCallerIsTheSame() throws Exception {
    Deferred<String> result = UserCheck.authenticate(UserCheck.laterIsValidUser("Alice", clock));
    assertThat(result.isCalled()).isFalse();

    clock.advance(Duration.ofSeconds(1));

    assertThat(result.get()).isEqualTo(WELCOME);
  }

  @Test
  void maybeDeferredGivesTheVeryDeferredOfOneThatReturnsSuch() {
    Deferred<Boolean> check = UserCheck.laterIsValidUser("Alice", clock);

    assertThat(maybeDeferred(() -> check)).isSameAs(check);
  }

  @Test
  void theProgramChecksInEachWay() throws Exception {
    try (Child child = Child.start(UserCheck.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines())
          .containsExactly("Alice: welcome", "Mallory: there is no such user", "Angus: welcome");
      assertThat(end.status()).isZero();
    }
  }
}
