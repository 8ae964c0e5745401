package dev.twine.examples;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;

import dev.twine.Deferred;
import dev.twine.threads.Reactor;
import dev.twine.time.Tasks;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows the same work in three styles, {@code getUsers}: ask a server who its users are, and read
 * its answer.
 *
 * <p>A caller can't tell the styles apart: each gives a Deferred with the list, and blocks nobody.
 * The methods whose names end with {@code OrNone} also say what to do if there is no connection:
 * log that, and go on with an empty list.
 */
public final class Users {

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final String NO_CONNECTION = "the users could not be asked for";

  private final Web web;
  private final System.Logger log;

  /** In the style of inlineCallbacks a function is made once, and called often. */
  private final Supplier<Deferred<List<String>>> getUsersInline;

  private final Supplier<Deferred<List<String>>> getUsersInlineOrNone;

  Users(Web web, System.Logger log) {
    this.web = web;
    this.log = log;
    this.getUsersInline = inlineCallbacks(() -> namesIn(await(request())));
    this.getUsersInlineOrNone = inlineCallbacks(this::awaitUsersOrNone);
  }

  /**
   * Asks in each style; once with a server that answers, and once with one that isn't there.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.exit(Reactor.react(Users::begin));
  }

  private static Deferred<?> begin(Reactor reactor) {
    System.Logger log = System.getLogger(Users.class.getName());
    Web there = (method, path) -> Tasks.deferLater(reactor, MOMENT, () -> "Alice\nAngus\nAgnes\n");
    Web away = (method, path) -> Deferred.fail(new ConnectException("nobody is there"));
    return fromCoroutine(
        () -> {
          Users users = new Users(there, log);
          System.out.println("callbacks: " + await(users.getUsers()));
          System.out.println("coroutine: " + await(users.getUsersInCoroutine()));
          System.out.println("inlineCallbacks: " + await(users.getUsersInline()));
          System.out.println("no connection: " + await(new Users(away, log).getUsersOrNone()));
        });
  }

  // ---- callbacks

  Deferred<List<String>> getUsers() {
    return request().addCallback(Users::namesIn);
  }

  Deferred<List<String>> getUsersOrNone() {
    return request()
        .addCallbacks(
            Users::namesIn,
            failure -> {
              failure.trap(ConnectException.class);
              failure.log(log, NO_CONNECTION);
              return List.of();
            });
  }

  // ---- a coroutine

  Deferred<List<String>> getUsersInCoroutine() {
    return fromCoroutine(() -> namesIn(await(request())));
  }

  Deferred<List<String>> getUsersInCoroutineOrNone() {
    return fromCoroutine(this::awaitUsersOrNone);
  }

  /** For coroutines only, whichever style they are in. */
  private List<String> awaitUsersOrNone() {
    try {
      return namesIn(await(request(), ConnectException.class));
    } catch (ConnectException away) {
      log.log(System.Logger.Level.ERROR, NO_CONNECTION, away);
      return List.of();
    }
  }

  // ---- inlineCallbacks

  Deferred<List<String>> getUsersInline() {
    return getUsersInline.get();
  }

  Deferred<List<String>> getUsersInlineOrNone() {
    return getUsersInlineOrNone.get();
  }

  private Deferred<String> request() {
    return web.makeRequest("GET", "/users");
  }

  private static List<String> namesIn(String answer) {
    if (!answer.endsWith("\n")) {
      throw new IllegalArgumentException("an answer that breaks off: " + answer);
    }
    return answer.lines().toList();
  }
}
