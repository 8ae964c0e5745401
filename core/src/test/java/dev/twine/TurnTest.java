package dev.twine;

import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {

  @AfterEach
  void followNobody() {
    Turn.follow(null);
  }

  @Test
  void aThreadIsItsOwnTurn() {
    assertThat(Turn.current()).isSameAs(Thread.currentThread());
    OtherThread.run(() -> assertThat(Turn.current()).isSameAs(Thread.currentThread()));
  }

  @Test
  void aThreadThatFollowsAnotherIsOnThatOnesTurn() {
    Thread resumer = Thread.currentThread();
    OtherThread.run(
        () -> {
          Turn.follow(() -> resumer);
          assertThat(Turn.current()).isSameAs(resumer);
          Turn.follow(null);
          assertThat(Turn.current()).isSameAs(Thread.currentThread());
        });

    assertThat(Turn.current()).isSameAs(resumer);
  }

  @Test
  void theSupplierIsAskedEachTime() {
    Thread first = new Thread(() -> {});
    Thread second = new Thread(() -> {});
    AtomicReference<Thread> resumer = new AtomicReference<>(first);
    Turn.follow(resumer::get);
    assertThat(Turn.current()).isSameAs(first);
    resumer.set(second);

    assertThat(Turn.current()).isSameAs(second);
  }

  @Test
  void aThreadWhoseSupplierThrowsOrGivesNothingIsItsOwnTurn() {
    Turn.follow(() -> null);
    assertThat(Turn.current()).isSameAs(Thread.currentThread());
    Turn.follow(() -> raise(new IllegalStateException()));

    assertThat(Turn.current()).isSameAs(Thread.currentThread());
  }

  @Test
  void theWorkOfALoopIsOnItsTurn() {
    List<Object> loops = new ArrayList<>();
    Turn.runLoop(
        "outer",
        () -> {
          loops.add(Turn.loop());
          Turn.runLoop("inner", () -> loops.add(Turn.loop()));
          loops.add(Turn.loop());
        });

    assertThat(loops).containsExactly("outer", "inner", "outer");
    assertThat(Turn.loop()).isNull();
  }

  @Test
  void theTurnIsGivenBackWhateverTheWorkThrows() {
    assertThatThrownBy(
            () ->
                Turn.runLoop(
                    "loop",
                    () -> {
                      throw new IllegalStateException("thrown");
                    }))
        .hasMessage("thrown");

    assertThat(Turn.loop()).isNull();
  }

  @Test
  void whoFollowsTheThreadOfALoopIsOnItsTurn() {
    Thread resumer = Thread.currentThread();
    List<Object> loops = new ArrayList<>();
    Turn.runLoop(
        "loop",
        () -> {
          OtherThread.run(
              () -> {
                Turn.follow(() -> resumer);
                loops.add(Turn.loop());
              });
          OtherThread.run(() -> loops.add("" + Turn.loop()));
        });

    assertThat(loops).containsExactly("loop", "null");
  }

  @Test
  void getOnTheTurnOfALoopThrowsUnlessThereIsAResult() {
    Deferred<String> unfired = new Deferred<>();
    Turn.runLoop(
        "the event loop",
        () -> {
          assertThatThrownBy(unfired::get)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("get() on the turn of the event loop");
          assertThatThrownBy(() -> unfired.get(Duration.ofDays(1)))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> Deferred.fail(new Exception("failed")).get())
              .hasMessage("failed");
        });
    unfired.callback("later");

    Results.assertResult(unfired, "later");
  }
}
