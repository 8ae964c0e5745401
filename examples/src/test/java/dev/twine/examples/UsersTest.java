package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsersTest {

  /** One way to ask. */
  record Style(String name, Function<Users, Deferred<List<String>>> getUsers) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Style> STRICT =
      List.of(
          new Style("callbacks", Users::getUsers),
          new Style("coroutine", Users::getUsersInCoroutine),
          new Style("inlineCallbacks", Users::getUsersInline));

  private static final List<Style> OR_NONE =
      List.of(
          new Style("callbacks", Users::getUsersOrNone),
          new Style("coroutine", Users::getUsersInCoroutineOrNone),
          new Style("inlineCallbacks", Users::getUsersInlineOrNone));

  private final List<String> requests = new ArrayList<>();
  private final Deferred<String> answer = new Deferred<>();
  private final Kept log = new Kept();
  private final Users users =
      new Users(
          (method, path) -> {
            requests.add(method + " " + path);
            return answer;
          },
          log);

  static Stream<Style> strict() {
    return STRICT.stream();
  }

  static Stream<Style> orNone() {
    return OR_NONE.stream();
  }

  static Stream<Style> all() {
    return Stream.concat(STRICT.stream(), OR_NONE.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theUsersAreThereWhenTheAnswerIs(Style style) throws Exception {
    Deferred<List<String>> result = style.getUsers().apply(users);
    assertThat(requests).containsExactly("GET /users");
    assertThat(result.isCalled()).isFalse();

    answer.callback("Alice\nAngus\n");

    assertThat(result.get()).containsExactly("Alice", "Angus");
    assertThat(log.lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void anAnswerThatCanNotBeReadFailsIt(Style style) {
    Deferred<List<String>> result = style.getUsers().apply(users);

    answer.callback("Alice\nAng");

    assertThat(catchThrowable(result::get)).isInstanceOf(IllegalArgumentException.class);
    assertThat(log.lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("strict")
  void anErrorOfTheConnectionFailsIt(Style style) {
    ConnectException away = new ConnectException();
    Deferred<List<String>> result = style.getUsers().apply(users);

    answer.errback(away);

    assertThat(catchThrowable(result::get)).isSameAs(away);
  }

  @ParameterizedTest
  @MethodSource("orNone")
  void anErrorOfTheConnectionIsLoggedAndThereIsNobody(Style style) throws Exception {
    ConnectException away = new ConnectException();
    Deferred<List<String>> result = style.getUsers().apply(users);

    answer.errback(away);

    assertThat(result.get()).isEmpty();
    assertThat(log.lines).containsExactly("ERROR the users could not be asked for");
    assertThat(log.thrown).containsExactly(away);
  }

  @ParameterizedTest
  @MethodSource("orNone")
  void otherErrorsAreNotLogged(Style style) {
    IOException other = new IOException();
    Deferred<List<String>> result = style.getUsers().apply(users);

    answer.errback(other);

    assertThat(catchThrowable(result::get)).isSameAs(other);
    assertThat(log.lines).isEmpty();
  }

  @Test
  void theProgramAsksInEachStyle() throws Exception {
    try (Child child = Child.start(Users.class)) {
      Child.End end = child.end();

      assertThat(end.lines())
          .containsExactly(
              "callbacks: [Alice, Angus, Agnes]",
              "coroutine: [Alice, Angus, Agnes]",
              "inlineCallbacks: [Alice, Angus, Agnes]",
              "no connection: []");
      assertThat(end.errors())
          .contains("the users could not be asked for")
          .contains("java.net.ConnectException: nobody is there");
      assertThat(end.status()).isZero();
    }
  }

  /** A logger that keeps what it is told. */
  private static final class Kept implements System.Logger {

    final List<String> lines = new ArrayList<>();
    final List<Throwable> thrown = new ArrayList<>();

    @Override
    public String getName() {
      return "kept";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable exception) {
      lines.add(level + " " + message);
      thrown.add(exception);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + format);
    }
  }
}
