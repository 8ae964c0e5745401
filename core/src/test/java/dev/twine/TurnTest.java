package dev.twine;

import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;

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
}
