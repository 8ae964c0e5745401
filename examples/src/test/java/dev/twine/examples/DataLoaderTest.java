package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataLoaderTest {

  private final Deferred<String> old = new Deferred<>();
  private final Deferred<String> recent = new Deferred<>();
  private final DataLoader loader =
      new DataLoader((method, path) -> path.equals("/old") ? old : recent);

  @Test
  void theBodyOfTheAnswerIsRead() throws Exception {
    Deferred<Map<String, String>> result = loader.loadData("/old");

    old.callback("name=value\nother=1=2");

    assertThat(result.get()).isEqualTo(Map.of("name", "value", "other", "1=2"));
  }

  @Test
  void eachCallIsOneOfItsOwn() throws Exception {
    Deferred<Map<String, String>> first = loader.loadData("/old");
    Deferred<Map<String, String>> second = loader.loadData("/recent");

    recent.callback("is=second");

    assertThat(first.isCalled()).isFalse();
    assertThat(second.get()).isEqualTo(Map.of("is", "second"));
  }

  @Test
  void whatCanNotBeReadOrGotFailsIt() {
    IOException thrown = new IOException();
    Deferred<Map<String, String>> unread = loader.loadData("/old");
    Deferred<Map<String, String>> failed = loader.loadData("/recent");

    old.callback("name");
    recent.errback(thrown);

    assertThat(catchThrowable(unread::get)).hasMessage("no value: name");
    assertThat(catchThrowable(failed::get)).isSameAs(thrown);
  }
}
