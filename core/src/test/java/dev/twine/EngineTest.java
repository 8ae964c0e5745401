package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  @BeforeEach
  @AfterEach
  void forgetLines() {
    assertThat(Reports.logged()).isNotNull();
  }

  @Test
  void itIsTheBestOneThatThisJavaHas() {
    Engine best =
        VirtualThreads.carriersAvailable()
            ? Engine.OWN_CARRIER
            : VirtualThreads.available() ? Engine.VIRTUAL_THREADS : Engine.PLATFORM_THREADS;

    assertThat(Engine.current()).isEqualTo(best);
    assertThat(Engine.current()).isSameAs(Engine.current());
  }

  @Test
  void withoutAWishItIsTheBest() {
    assertThat(Engine.choose(null, Engine.VIRTUAL_THREADS)).isEqualTo(Engine.VIRTUAL_THREADS);
  }

  @Test
  void aLesserOneCanBeAskedFor() {
    assertThat(Engine.choose("platform-threads", Engine.OWN_CARRIER))
        .isEqualTo(Engine.PLATFORM_THREADS);
    assertThat(Engine.choose("virtual-threads", Engine.OWN_CARRIER))
        .isEqualTo(Engine.VIRTUAL_THREADS);
    assertThat(Engine.choose("own-carrier", Engine.OWN_CARRIER)).isEqualTo(Engine.OWN_CARRIER);
    assertThat(Reports.logged()).isEmpty();
  }

  @Test
  void whatIsNotThereIsLoggedAndTheBestIsUsed() {
    assertThat(Engine.choose("own-carrier", Engine.VIRTUAL_THREADS))
        .isEqualTo(Engine.VIRTUAL_THREADS);
    assertThat(lastLine()).contains("own-carrier").contains("--add-opens java.base/java.lang");

    assertThat(Engine.choose("virtual-threads", Engine.PLATFORM_THREADS))
        .isEqualTo(Engine.PLATFORM_THREADS);
    assertThat(lastLine()).contains("virtual-threads").contains("needs Java 21 or newer");
  }

  @Test
  void aNameThatIsNoneIsLoggedAndTheBestIsUsed() {
    assertThat(Engine.choose("OWN_CARRIER", Engine.VIRTUAL_THREADS))
        .isEqualTo(Engine.VIRTUAL_THREADS);
    assertThat(lastLine()).contains("OWN_CARRIER").contains("there is no such engine");
  }

  private static String lastLine() {
    LogRecord line = Reports.logged().get(0);
    StringBuilder text = new StringBuilder(line.getMessage());
    for (Object parameter : line.getParameters()) {
      text.append(' ').append(parameter);
    }
    return text.toString();
  }
}
