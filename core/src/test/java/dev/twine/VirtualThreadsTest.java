package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What holds on every Java; {@code src/test25} has what needs virtual threads. */
class VirtualThreadsTest {

  @Test
  void thereAreVirtualThreadsFromJava21On() {
    assertThat(VirtualThreads.available()).isEqualTo(Runtime.version().feature() >= 21);
    assertThat(VirtualThreads.Starter.find(20)).isNull();
    assertThat(VirtualThreads.Starter.find(17)).isNull();
  }

  @Test
  void whoAsksForWhatIsNotThereIsToldWhatToDo() {
    assertThatThrownBy(() -> VirtualThreads.required(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("run on Java 21 or newer")
        .hasMessageContaining("VirtualThreads.available()");
  }

  @Test
  void withoutVirtualThreadsNoPlatformThreadIsGivenInstead() {
    if (VirtualThreads.available()) {
      assertThat(VirtualThreads.factory("worker").newThread(() -> {}).getName())
          .isEqualTo("worker-1");
    } else {
      assertThatThrownBy(() -> VirtualThreads.factory("worker"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> VirtualThreads.startUnreferenced(() -> {}))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void withoutCarriersNoOtherThreadIsGivenInstead() {
    if (!VirtualThreads.carriersAvailable()) {
      assertThatThrownBy(() -> VirtualThreads.carrierFactory("loop"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("--add-opens java.base/java.lang");
    } else {
      assertThat(VirtualThreads.carrierFactory("loop").newThread(() -> {}).getName())
          .isEqualTo("loop-1");
    }
  }

  @Test
  void aPlatformThreadIsNotVirtualAndGivesNoWay() {
    Thread platform = new Thread(VirtualThreads::giveWay);
    platform.start();

    assertThat(VirtualThreads.isVirtual(platform)).isFalse();
  }
}
