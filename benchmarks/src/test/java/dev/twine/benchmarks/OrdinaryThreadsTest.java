package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OrdinaryThreadsTest {

  @Test
  void areVirtualOnes() throws InterruptedException {
    CompletableFuture<Thread> body = new CompletableFuture<>();
    Thread thread = OrdinaryThreads.start(() -> body.complete(Thread.currentThread()));
    thread.join();
    assertThat(body).isCompletedWithValue(thread);
    assertThat(thread.toString()).startsWith("VirtualThread[");
  }

  @Test
  void aJobThatThrowsFailsItsRow() {
    AssertionError wrong = new AssertionError("on purpose");
    assertThatThrownBy(
            () ->
                InCoroutine.onVirtualThread(
                    () -> {
                      throw wrong;
                    }))
        .isInstanceOf(CompletionException.class)
        .hasCause(wrong);
  }
}
