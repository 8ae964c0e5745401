package dev.twine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.sync.DeferredBarrier;
import dev.twine.sync.DeferredEvent;
import dev.twine.sync.DeferredReadWriteLock;
import dev.twine.sync.KeyedLock;
import dev.twine.sync.KeyedSemaphore;
import dev.twine.sync.RateLimiter;
import dev.twine.sync.SingleFlight;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of where many callers meet. */
class CoordinationSnippets {

  private final List<String> said = new ArrayList<>();
  private final Map<String, String> prices = new HashMap<>(Map.of("tea", "3", "milk", "1"));
  private final List<Deferred<String>> pages = new ArrayList<>();

  @Test
  void event() {
    // @start region=event
    DeferredEvent connected = new DeferredEvent();

    connected.whenSet().onSuccess(nothing -> say("hello")); // waits
    connected.set(); // says hello
    connected.whenSet().onSuccess(nothing -> say("hello again")); // at once
    // @end
    assertThat(said).containsExactly("hello", "hello again");
  }

  @Test
  void barrier() {
    // @start region=barrier
    DeferredBarrier start = new DeferredBarrier(3);

    start.arrive().onSuccess(place -> say("runner " + place + " runs"));
    start.arrive().onSuccess(place -> say("runner " + place + " runs"));
    // nobody has run so far; with the third one, all do
    start.arrive().onSuccess(place -> say("runner " + place + " runs"));
    // @end
    assertThat(said).containsExactly("runner 0 runs", "runner 1 runs", "runner 2 runs");
  }

  @Test
  void readWrite() {
    // @start region=read_write
    DeferredReadWriteLock lock = new DeferredReadWriteLock();

    Deferred<String> tea = lock.readLock().run(() -> lookUp("tea"));
    Deferred<String> milk = lock.readLock().run(() -> lookUp("milk")); // perhaps at the same time
    Deferred<Void> dearer = lock.writeLock().run(() -> put("tea", "4")); // when both are done
    // @end
    assertResult(tea, "3");
    assertResult(milk, "1");
    assertResult(dearer, null);
    assertThat(prices).containsEntry("tea", "4");
  }

  @Test
  void keyedLock() {
    // @start region=keyed_lock
    KeyedLock<String> accounts = new KeyedLock<>();

    Deferred<String> first = accounts.of("Ada").run(() -> fetch("Ada's account"));
    Deferred<String> second = accounts.of("Ada").run(() -> fetch("Ada's account")); // waits
    Deferred<String> other = accounts.of("Bob").run(() -> fetch("Bob's account")); // does not
    // @end
    assertThat(pages).hasSize(2);
    pages.get(0).callback("10");
    pages.get(1).callback("20");
    assertThat(pages).hasSize(3);
    pages.get(2).callback("11");
    assertResult(first, "10");
    assertResult(second, "11");
    assertResult(other, "20");
    assertThat(accounts.keys()).isEmpty();
  }

  @Test
  void keyedSemaphore() {
    String url = "https://example.org/page";
    // @start region=keyed_semaphore
    KeyedSemaphore<String> hosts = new KeyedSemaphore<>(2); // two requests at a time for each host

    Deferred<String> page = hosts.of("example.org").run(() -> fetch(url));
    // @end
    assertThat(hosts.keys()).containsExactly("example.org");
    pages.get(0).callback("a page");
    assertResult(page, "a page");
    assertThat(hosts.keys()).isEmpty();
  }

  @Test
  void rateLimiter() {
    ManualClock scheduler = new ManualClock();
    // @start region=rate_limiter
    // 10 requests a second, and no more than 5 at once
    RateLimiter limiter = new RateLimiter(scheduler, 10, Duration.ofSeconds(1), 5);

    for (int i = 1; i <= 6; i++) {
      String url = "page " + i;
      limiter.acquire().onSuccess(nothing -> say(url)); // the sixth one a tenth of a second later
    }
    // @end
    assertThat(said).hasSize(5);
    scheduler.advance(Duration.ofMillis(100));
    assertThat(said).hasSize(6).endsWith("page 6");
  }

  @Test
  void singleFlight() {
    // @start region=single_flight
    SingleFlight<String, String> users = new SingleFlight<>();

    Deferred<String> first = users.get("Ada", () -> fetch("/users/Ada"));
    Deferred<String> second = users.get("Ada", () -> fetch("/users/Ada")); // the same request
    // @end
    assertThat(pages).hasSize(1);
    assertNoResult(second);
    pages.get(0).callback("Ada Lovelace");
    assertResult(first, "Ada Lovelace");
    assertResult(second, "Ada Lovelace");
  }

  private void say(String text) {
    said.add(text);
  }

  private Deferred<String> fetch(String what) {
    Deferred<String> page = new Deferred<>();
    pages.add(page);
    assertThat(what).isNotEmpty();
    return page;
  }

  private Deferred<String> lookUp(String what) {
    return Deferred.succeed(prices.get(what));
  }

  private Deferred<Void> put(String what, String price) {
    prices.put(what, price);
    return Deferred.succeed(null);
  }
}
