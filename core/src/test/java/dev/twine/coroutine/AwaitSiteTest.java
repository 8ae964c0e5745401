package dev.twine.coroutine;

import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitSiteTest {

  private final IOException thrown = new IOException("made elsewhere");
  private final Deferred<String> first = new Deferred<>();

  @Test
  void anExceptionSaysWhereTheBodyStood() {
    Deferred<String> done = fromCoroutine(this::waitsForFirst);

    first.errback(thrown);

    assertThat(failureResultOf(done)).isSameAs(thrown);
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0]).hasMessageMatching("awaited in coroutine-\\d+");
    assertThat(methods(thrown.getSuppressed()[0])).contains("waitsForFirst");
  }

  private String waitsForFirst() {
    return await(first);
  }

  @Test
  void alsoIfItWasThereBefore() {
    Deferred<String> done = fromCoroutine(() -> await(Deferred.<String>fail(thrown)));

    assertThat(failureResultOf(done)).isSameAs(thrown);
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void eachCoroutineOnTheWayIsShown() {
    Deferred<String> inner = fromCoroutine(() -> await(first));
    Deferred<String> outer = fromCoroutine(() -> await(inner));

    first.errback(thrown);

    assertThat(failureResultOf(outer).getSuppressed()).hasSize(2);
  }

  @Test
  void eachCoroutineIsShownOnce() {
    Deferred<String> failed = Deferred.fail(thrown);
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              for (int i = 0; i < 10; i++) {
                assertThat(thrownBy(failed)).isSameAs(thrown);
              }
            });

    assertThat(done.isCalled()).isTrue();
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void anExceptionShowsEightAtMost() {
    Deferred<String> failed = Deferred.fail(thrown);
    for (int i = 0; i < 20; i++) {
      fromCoroutine(() -> assertThat(thrownBy(failed)).isSameAs(thrown));
    }

    assertThat(thrown.getSuppressed()).hasSize(8);
  }

  @Test
  void outsideOfCoroutinesNothingIsAdded() {
    assertThat(thrownBy(Deferred.fail(thrown))).isSameAs(thrown);

    assertThat(thrown.getSuppressed()).isEmpty();
  }

  private static Throwable thrownBy(Deferred<String> failed) {
    try {
      return new AssertionError(await(failed, IOException.class));
    } catch (IOException e) {
      return e;
    }
  }

  private static List<String> methods(Throwable site) {
    return Arrays.stream(site.getStackTrace()).map(StackTraceElement::getMethodName).toList();
  }
}
