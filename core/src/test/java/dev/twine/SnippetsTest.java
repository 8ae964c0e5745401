package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.time.ManualClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The examples in the documentation do what is said there. */
class SnippetsTest {

  private final Deferred<String> d = new Deferred<>();

  @Test
  void deferredBasic() {
    assertResult(Snippets.basic(new Deferred<>()), "the answer is 42");
  }

  @Test
  void callbackChain() {
    assertResult(Snippets.prepared(Deferred.succeed(" 42 ")), 42);
    assertResult(Snippets.prepared(Deferred.succeed("forty")), 0);
  }

  @Test
  void failureTrap() {
    IOException other = new IOException();

    assertResult(Snippets.trap(Deferred.fail(new FileNotFoundException())), "no such page");
    assertFailure(Snippets.trap(Deferred.fail(other)), other);
    assertResult(Snippets.trap(Deferred.succeed("page")), "page");
  }

  @Test
  void listOutcomes() {
    Deferred<List<String>> lines =
        Snippets.outcomes(Deferred.succeed("one"), Deferred.fail(new IOException()));

    assertResult(lines, List.of("one", "failed: Failure[java.io.IOException]"));
  }

  @Test
  void typedErrbacksAsksOnceMoreThanOneMightThink() {
    AtomicInteger asked = new AtomicInteger();
    Deferred<String> answer =
        Snippets.nested(
            () -> {
              asked.incrementAndGet();
              return Deferred.fail(new Snippets.Throttled());
            });

    assertThat(failureResultOf(answer)).isInstanceOf(Snippets.Throttled.class);
    assertThat(asked).hasValue(3);
  }

  @Test
  void timeout() {
    ManualClock clock = new ManualClock();
    Deferred<String> page = Snippets.limited(d, clock);
    clock.advance(Duration.ofSeconds(5));

    assertResult(page, "the server is slow today");
  }

  @Test
  void gather() {
    Deferred<Integer> age = new Deferred<>();
    Deferred<String> greeting = Snippets.gathered(d, age);
    age.callback(42);
    d.callback("Ada");

    assertResult(greeting, "Ada is 42");
  }

  @Test
  void loop() {
    List<String> sent = new ArrayList<>();
    Deferred<?> end =
        Snippets.drained(
            new ArrayDeque<>(List.of("one", "two", "three")),
            line -> Deferred.succeed(sent.add(line)));

    assertResult(end, null);
    assertThat(sent).containsExactly("one", "two", "three");
  }
}
