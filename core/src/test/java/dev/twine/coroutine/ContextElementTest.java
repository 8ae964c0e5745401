package dev.twine.coroutine;

import static dev.twine.Results.assertResult;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.concurrent;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.Reported;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextElementTest {

  private final Deferred<String> first = new Deferred<>();

  @AfterEach
  void forget() {
    TestElement.NAME.remove();
  }

  @Test
  void aBodyBeginsWithWhatItsStarterHas() {
    TestElement.NAME.set("request 1");

    Deferred<String> done = fromCoroutine(TestElement.NAME::get);

    assertResult(done, "request 1");
  }

  @Test
  void itIsTakenOnceAtTheStart() {
    TestElement.NAME.set("request 1");
    Deferred<String> done = fromCoroutine(() -> await(first) + TestElement.NAME.get());

    TestElement.NAME.set("request 2");
    OtherThread.run(() -> first.callback("still "));

    assertResult(done, "still request 1");
  }

  @Test
  void whatTheBodyChangesStaysInside() {
    TestElement.NAME.set("request 1");
    Deferred<String> done =
        fromCoroutine(
            () -> {
              TestElement.NAME.set("changed");
              await(first);
              return TestElement.NAME.get();
            });

    first.callback("go on");

    assertResult(done, "changed");
    assertThat(TestElement.NAME.get()).isEqualTo("request 1");
  }

  @Test
  void aCoroutineThatABodyStartsBeginsWithTheBodys() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              TestElement.NAME.set("inside");
              return await(fromCoroutine(TestElement.NAME::get));
            });

    assertResult(done, "inside");
  }

  @Test
  void aConcurrentBodyHasItAsWell() throws Throwable {
    TestElement.NAME.set("request 1");

    assertThat(concurrent(TestElement.NAME::get).get(Duration.ofSeconds(10)))
        .isEqualTo("request 1");
  }

  @Test
  void withNothingToTakeThereIsNothing() {
    assertResult(fromCoroutine(TestElement.NAME::get), null);
  }

  @Test
  void aBrokenElementIsReportedAndTheBodyGoesOnWithout() {
    TestElement.NAME.set("broken capture");
    assertResult(fromCoroutine(TestElement.NAME::get), null);
    assertThat(Reported.exceptions()).singleElement().asString().contains("broken capture");

    TestElement.NAME.set("broken installation");
    assertResult(fromCoroutine(TestElement.NAME::get), null);
    assertThat(Reported.exceptions()).singleElement().asString().contains("broken installation");
  }
}
