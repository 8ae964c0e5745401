package dev.twine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The examples in the documentation of the core; {@link SnippetsTest} runs them. */
final class Snippets {

  private Snippets() {}

  static Deferred<String> basic(Deferred<Integer> answer) {
    // @start region=deferred_basic
    Deferred<String> text =
        answer
            .addCallback(number -> number + 1)
            .addCallback(number -> "the answer is " + number)
            .addErrback(failure -> "no answer: " + failure.getErrorMessage());

    answer.callback(41); // runs the callbacks: text is "the answer is 42" now
    // @end
    return text;
  }

  static Deferred<Integer> prepared(Deferred<String> line) {
    // @start region=callback_chain
    CallbackChain<String, Integer> toNumber =
        CallbackChain.of(
            text ->
                text.addCallback(String::strip)
                    .addCallback(Integer::valueOf)
                    .addErrback(NumberFormatException.class, notANumber -> 0));

    Deferred<Integer> number = line.addAll(toNumber); // and so for every other line
    // @end
    return number;
  }

  static Deferred<String> trap(Deferred<String> page) {
    // @start region=failure_trap
    page.addErrback(
        failure -> {
          failure.trap(FileNotFoundException.class, TimeoutException.class);
          return "no such page"; // any other exception goes on to the next errback
        });
    // @end
    return page;
  }

  static Deferred<List<String>> outcomes(Deferred<String> first, Deferred<String> second) {
    // @start region=list_outcomes
    Deferred<List<String>> lines =
        DeferredList.of(List.of(first, second), DeferredList.Option.CONSUME_ERRORS)
            .addCallback(
                outcomes ->
                    outcomes.stream()
                        .map(
                            outcome ->
                                outcome instanceof Outcome.Success<String> success
                                    ? success.value()
                                    : "failed: " + outcome.failureOrNull())
                        .toList());
    // @end
    return lines;
  }

  /** A server that can't keep up. */
  static final class Throttled extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Something to ask, and to ask again. */
  interface Server {
    Deferred<String> ask();
  }

  static Deferred<String> nested(Server server) {
    // @start region=typed_errbacks
    Deferred<String> answer =
        server
            .ask()
            .chainErrback(Throttled.class, throttled -> server.ask())
            .chainErrback(IOException.class, failed -> server.ask());
    // @end
    return answer;
  }

  static Deferred<String> limited(Deferred<String> page, Scheduler scheduler) {
    // @start region=timeout
    page.addTimeout(Duration.ofSeconds(5), scheduler)
        .addErrback(TimeoutException.class, late -> "the server is slow today");
    // @end
    return page;
  }

  static Deferred<String> gathered(Deferred<String> name, Deferred<Integer> age) {
    // @start region=gather
    Deferred<String> greeting =
        Deferred.gatherResults(name, age, (who, years) -> who + " is " + years);
    // @end
    return greeting;
  }

  static Deferred<List<String>> fetched(
      List<String> addresses, Callback<String, Deferred<String>> fetch) {
    // @start region=map_concurrent
    Deferred<List<String>> pages =
        Deferred.mapConcurrent(addresses, 4, fetch); // never more than four at a time
    // @end
    return pages;
  }

  static Deferred<Integer> measured(
      Iterator<String> addresses, Callback<String, Deferred<String>> fetch) {
    // @start region=map_concurrent_each
    List<Integer> lengths = new ArrayList<>();
    Deferred<Integer> longest =
        Deferred.mapConcurrent(addresses, 4, fetch, page -> lengths.add(page.length()))
            .addCallback(done -> Collections.max(lengths));
    // @end
    return longest;
  }

  static Deferred<@Nullable Void> drained(Queue<String> lines, Callback<String, Deferred<?>> send) {
    // @start region=loop
    Deferred<@Nullable Void> sent =
        Deferred.loop(
            () -> {
              String line = lines.poll();
              return line == null
                  ? Deferred.succeed(false)
                  : send.call(line).addCallback(done -> true); // the next one when this is done
            });
    // @end
    return sent;
  }
}
