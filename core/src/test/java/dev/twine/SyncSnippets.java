package dev.twine;

import static dev.twine.Results.assertResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.sync.DeferredLock;
import dev.twine.sync.DeferredQueue;
import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import dev.twine.sync.QueueClosedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of locks, semaphores and queues. */
class SyncSnippets {

  private final List<String> said = new ArrayList<>();

  @Test
  void permit() {
    DeferredLock lock = new DeferredLock();
    // @start region=permit
    lock.acquire()
        .onSuccess(
            permit -> {
              try (permit) {
                say("nobody else is here");
              }
            });
    // @end
    assertThat(said).containsExactly("nobody else is here");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void run() {
    // @start region=run
    DeferredLock lock = new DeferredLock();

    Deferred<Integer> balance =
        lock.run(() -> read("balance").chainCallback(before -> write("balance", before + 10)));
    // @end
    assertResult(balance, 110);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void lock() {
    // @start region=lock
    DeferredLock lock = new DeferredLock();
    Deferred<Permit> first = lock.acquire();
    Deferred<Permit> second = lock.acquire(); // waits

    first.onSuccess(Permit::close); // now it is the second one's turn
    // @end
    assertThat(second.isCalled()).isTrue();
  }

  @Test
  void semaphore() {
    List<String> pages = List.of("a", "b", "c");
    // @start region=semaphore
    DeferredSemaphore connections = new DeferredSemaphore(2);
    for (String page : pages) {
      connections.run(() -> fetch(page)).onSuccess(content -> say(content));
    }
    // @end
    assertThat(said).containsExactly("content of a", "content of b", "content of c");
    assertThat(connections.tokens()).isEqualTo(2);
  }

  @Test
  void queue() {
    // @start region=queue
    DeferredQueue<String> jobs = new DeferredQueue<>(100, 10); // 100 jobs, 10 who wait for one
    Deferred<String> job = jobs.get();

    jobs.put("sweep");
    // @end
    assertResult(job, "sweep");
  }

  @Test
  void queueConsumer() {
    DeferredQueue<String> jobs = new DeferredQueue<>();
    // @start region=queue_consumer
    Deferred<Void> consumer =
        Deferred.loop(() -> jobs.get().onSuccess(job -> say(job)).addCallback(job -> true));
    consumer.consumeErrors(QueueClosedException.class, closed -> say("done"));
    // @end
    jobs.put("sweep");
    jobs.put("mop");
    jobs.close();
    assertThat(said).containsExactly("sweep", "mop", "done");
    assertThat(consumer.isCalled()).isTrue();
  }

  private void say(String what) {
    said.add(what);
  }

  private static Deferred<Integer> read(String account) {
    return Deferred.succeed(account.isEmpty() ? 0 : 100);
  }

  private static Deferred<Integer> write(String account, int balance) {
    return Deferred.succeed(account.isEmpty() ? 0 : balance);
  }

  private static Deferred<String> fetch(String page) {
    return Deferred.succeed("content of " + page);
  }
}
