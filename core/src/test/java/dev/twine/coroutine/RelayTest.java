package dev.twine.coroutine;

import static dev.twine.Results.assertResult;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RelayTest {

  private final List<Object> steps = new ArrayList<>();

  @Test
  void oneOfTheTwoRunsAtATime() {
    Relay relay = new Relay("test");

    relay.start(
        () -> {
          steps.add("body 1");
          relay.suspend();
          steps.add("body 2");
          relay.suspend();
          steps.add("body 3");
        });
    steps.add("resumer 1");
    relay.resume();
    steps.add("resumer 2");
    relay.resume();

    assertThat(steps).containsExactly("body 1", "resumer 1", "body 2", "resumer 2", "body 3");
  }

  @Test
  void aBodyThatRunsIsNotResumed() {
    Relay relay = new Relay("test");

    relay.start(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(relay::resume)
                .withMessageContaining("test was resumed while it runs")
                .satisfies(steps::add));

    assertThat(steps).hasSize(1);
  }

  @Test
  void theTurnIsTheResumersAndThenNobodys() {
    Relay relay = new Relay("test");

    relay.start(() -> steps.add(Turn.current()));

    assertThat(steps).containsExactly(Thread.currentThread());
    assertThat(relay.isOnTurn()).isFalse();
  }

  @Test
  void anInterruptOfTheResumerBreaksNoHandOver() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    OtherThread resumer =
        OtherThread.start(
            () -> {
              Deferred<String> done =
                  fromCoroutine(
                      () -> {
                        begun.countDown();
                        mayEnd.await();
                        steps.add(Thread.currentThread().isInterrupted());
                        return "ended";
                      });
              assertResult(done, "ended");
              steps.add(Thread.currentThread().isInterrupted());
            });

    OtherThread.run(begun::await);
    resumer.interrupt();
    mayEnd.countDown();
    resumer.join();

    assertThat(steps).containsExactly(false, true);
  }

  @Test
  void aResumerThatIsInterruptedBeforeStaysSo() {
    Thread.currentThread().interrupt();

    Deferred<String> done = fromCoroutine(() -> await(Deferred.succeed("there")));

    assertThat(Thread.interrupted()).isTrue();
    assertResult(done, "there");
  }

  @Test
  void anInterruptOfASuspendedBodyIsThereWhenItGoesOn() {
    Deferred<String> awaited = new Deferred<>();
    List<Thread> body = new ArrayList<>();
    Deferred<Boolean> done =
        fromCoroutine(
            () -> {
              body.add(Thread.currentThread());
              await(awaited);
              return Thread.interrupted();
            });

    body.get(0).interrupt();
    awaited.callback("there");

    assertResult(done, true);
  }

  @Test
  void whatEachPieceDidIsSeenByTheNextOnWhateverThread() {
    int[] plain = new int[1];
    List<Deferred<String>> awaited = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      awaited.add(new Deferred<>());
    }
    Deferred<Integer> done =
        fromCoroutine(
            () -> {
              for (Deferred<String> each : awaited) {
                await(each);
                plain[0]++;
              }
              return plain[0];
            });

    awaited.forEach(each -> OtherThread.run(() -> each.callback("go on")));

    assertResult(done, 200);
  }

  @Test
  void theResultMayComeWhileTheBodyIsOnItsWayToWait() {
    int rounds = 2_000;
    List<Deferred<Integer>> awaited = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      awaited.add(new Deferred<>());
    }
    OtherThread firing = OtherThread.start(() -> awaited.forEach(each -> each.callback(1)));

    Deferred<Integer> done =
        fromCoroutine(
            () -> {
              int sum = 0;
              for (Deferred<Integer> each : awaited) {
                sum += await(each);
              }
              return sum;
            });
    firing.join();

    assertResult(done, rounds);
  }
}
