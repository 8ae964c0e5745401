package dev.twine.testing;

import dev.twine.Deferred;
import org.jspecify.annotations.Nullable;

/**
 * The entry to assertions about Deferreds in the style of AssertJ, which has to be on the class
 * path.
 *
 * {@snippet class=TestingSnippets region=assertions lang=java}
 *
 * <p>A static import of this goes together with one of {@code Assertions.assertThat}.
 *
 * @since 0.1
 */
public final class TwineAssertions {

  private TwineAssertions() {}

  /**
   * Begins assertions about a Deferred.
   *
   * @param actual the Deferred
   * @param <T> its result
   * @return the assertions
   */
  public static <T extends @Nullable Object> DeferredAssert<T> assertThat(
      @Nullable Deferred<T> actual) {
    return new DeferredAssert<>(actual);
  }
}
