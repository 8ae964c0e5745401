package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartnerTest {

  private final Partner partner = new Partner();

  @AfterEach
  void leave() throws InterruptedException {
    partner.leave();
    assertThat(partner.thread().isAlive()).isFalse();
  }

  @Test
  void worksOnItsOwnThread() {
    List<Thread> threads = new ArrayList<>();
    partner.begin(() -> threads.add(Thread.currentThread()));
    partner.await();
    assertThat(threads).containsExactly(partner.thread());
  }

  @Test
  void whatTheWorkThrowsIsThrownToWhoAwaitsIt() {
    IllegalStateException thrown = new IllegalStateException("on purpose");
    partner.begin(
        () -> {
          throw thrown;
        });
    assertThatThrownBy(partner::await).isSameAs(thrown);
  }
}
