package dev.twine.examples;

import static dev.twine.Deferred.maybeDeferred;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import dev.twine.threads.Reactor;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.Set;

/**
 * Shows what a caller does who doesn't know whether a check answers at once or later.
 *
 * <p>{@code isValidUser} answers at once, and knows nothing of Deferreds: its caller takes {@code
 * maybeDeferred}. {@code immediateIsValidUser} answers at once as well, but with a Deferred; so it
 * can be replaced by {@code laterIsValidUser} some day, and its callers stay as they are.
 */
public final class UserCheck {

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Set<String> USERS = Set.of("Alice", "Angus", "Agnes");

  private UserCheck() {}

  /**
   * Checks in each of the three ways.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.exit(Reactor.react(UserCheck::begin));
  }

  private static Deferred<?> begin(Reactor reactor) {
    return authenticate(maybeDeferred(() -> isValidUser("Alice")))
        .onSuccess(text -> System.out.println("Alice: " + text))
        .chainCallback(told -> authenticate(immediateIsValidUser("Mallory")))
        .onSuccess(text -> System.out.println("Mallory: " + text))
        .chainCallback(told -> authenticate(laterIsValidUser("Angus", reactor)))
        .onSuccess(text -> System.out.println("Angus: " + text));
  }

  /** Makes a text of what a check says, whenever it says it. */
  static Deferred<String> authenticate(Deferred<Boolean> check) {
    return check.addCallback(valid -> valid ? "welcome" : "there is no such user");
  }

  static boolean isValidUser(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a user has a name");
    }
    return USERS.contains(name);
  }

  /** The Deferred has fired when it is returned. */
  static Deferred<Boolean> immediateIsValidUser(String name) {
    return Deferred.succeed(USERS.contains(name));
  }

  /** As if it had to ask a database. */
  static Deferred<Boolean> laterIsValidUser(String name, Scheduler scheduler) {
    return Tasks.deferLater(scheduler, MOMENT, () -> USERS.contains(name));
  }
}
