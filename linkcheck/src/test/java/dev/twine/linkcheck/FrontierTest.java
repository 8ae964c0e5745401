package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private final Frontier frontier = new Frontier();

  @Test
  void eachAddressIsHandedOutOnceInTheOrderOfArrival() {
    add("a", "b", "a");
    assertThat(taken()).isEqualTo("http://host/a");
    add("b", "c");
    assertThat(taken()).isEqualTo("http://host/b");
    assertThat(taken()).isEqualTo("http://host/c");
    assertThat(frontier.size()).isEqualTo(3);
  }

  @Test
  void withNothingAddedTheCrawlIsOverAtOnce() {
    assertThat(taken()).isEqualTo("over");
  }

  @Test
  void anIdleWorkerGetsWhatAnotherOneFinds() {
    add("a");
    assertThat(taken()).isEqualTo("http://host/a");
    Deferred<Optional<Visit>> first = frontier.take();
    Deferred<Optional<Visit>> second = frontier.take();
    assertThat(first.isCalled()).isFalse();
    add("b");
    assertThat(outcome(first)).isEqualTo("http://host/b");
    assertThat(second.isCalled()).isFalse();
  }

  @Test
  void theLastVisitSendsAllIdleWorkersHome() {
    add("a", "b");
    assertThat(taken()).isEqualTo("http://host/a");
    assertThat(taken()).isEqualTo("http://host/b");
    Deferred<Optional<Visit>> first = frontier.take();
    Deferred<Optional<Visit>> second = frontier.take();
    frontier.done();
    assertThat(first.isCalled()).isFalse();
    frontier.done();
    assertThat(outcome(first)).isEqualTo("over");
    assertThat(outcome(second)).isEqualTo("over");
    assertThat(taken()).isEqualTo("over");
  }

  /** A worker that is fired adds addresses itself: that must not be done under the lock. */
  @Test
  void noLockIsHeldWhileAWorkerRuns() {
    add("a");
    assertThat(taken()).isEqualTo("http://host/a");
    List<Boolean> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      frontier.take().onSuccess(visit -> held.add(Thread.holdsLock(frontier)));
    }
    add("b");
    frontier.done();
    frontier.done();
    assertThat(held).containsExactly(false, false);
  }

  private void add(String... paths) {
    for (String path : paths) {
      frontier.add(Visit.linked(Link.on(HOST, HOST, Link.Kind.LINK, path).address()));
    }
  }

  private String taken() {
    return outcome(frontier.take());
  }

  private static String outcome(Deferred<Optional<Visit>> worker) {
    assertThat(worker.isCalled()).isTrue();
    List<String> seen = new ArrayList<>();
    worker.onSuccess(
        visit -> seen.add(visit.map(next -> next.address().toString()).orElse("over")));
    return seen.get(0);
  }

  private static final Address HOST = new Address(java.net.URI.create("http://host/"));
}
