package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.threads.Reactor;
import dev.twine.threads.ShutdownPhase;
import dev.twine.threads.Threads;
import dev.twine.time.Tasks;
import java.awt.EventQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation of reactors and threads. */
class ThreadSnippets {

  private final List<String> said = new ArrayList<>();

  @Test
  void reactor() {
    // @start region=reactor
    Reactor reactor = new Reactor();
    reactor.callWhenRunning(() -> say("It runs."));
    reactor.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> say("It is about to stop."));
    reactor.callLater(Duration.ofMillis(10), reactor::stop);

    reactor.run(); // comes back when the reactor has stopped
    // @end
    assertThat(said).containsExactly("It runs.", "It is about to stop.");
  }

  @Test
  void react() {
    // @start region=react
    int status =
        Reactor.react(
            reactor ->
                Tasks.deferLater(reactor, Duration.ofMillis(10), () -> say("Good morning.")));
    // System.exit(status);
    // @end
    assertThat(status).isZero();
    assertThat(said).containsExactly("Good morning.");
  }

  @Test
  void reactorOf() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    // @start region=reactor_of
    Reactor swing = Reactor.of(EventQueue::invokeLater);

    Runnable listener = // called on the thread of Swing
        () ->
            Threads.deferToThread(swing, () -> slowLookup("moon"))
                .onSuccess(answer -> say(answer + " on " + Thread.currentThread().getName()))
                .onEither(shown::countDown);
    // @end
    EventQueue.invokeAndWait(listener);
    assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(said).singleElement().asString().startsWith("found moon on AWT-EventQueue");
  }

  @Test
  void deferToThread(@TempDir Path dir) throws Exception {
    Path report = Files.writeString(dir.resolve("report"), "all is well");
    int status =
        Reactor.react(
            reactor -> {
              // @start region=defer_to_thread
              Deferred<String> text =
                  Threads.deferToThread(
                          reactor, () -> Files.readString(report)) // on another thread
                      .addTimeout(Duration.ofSeconds(5), reactor) // interrupts it
                      .onSuccess(read -> say(read)); // back in the reactor
              // @end
              return text;
            });
    assertThat(status).isZero();
    assertThat(said).containsExactly("all is well");
  }

  private String slowLookup(String what) {
    return "found " + what;
  }

  private void say(String words) {
    said.add(words);
  }
}
