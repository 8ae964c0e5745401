package dev.twine.sync;

import java.util.Set;

/**
 * A semaphore for each key: so many at a time for each user, for each host.
 *
 * <p>{@link #of} gives the semaphore of a key, with everything that a {@link DeferredSemaphore}
 * does for its holders. Nothing is kept for a key of which nobody holds a permit, so there may be
 * any number of keys.
 *
 * {@snippet class=CoordinationSnippets region=keyed_semaphore lang=java}
 *
 * @param <K> the keys; equal keys have the same semaphore. They should be immutable, like those of
 *     a map
 * @since 0.1
 */
public final class KeyedSemaphore<K> {

  private final KeyedTokens<K> tokens;

  /**
   * Creates the semaphores, each with all its permits.
   *
   * @param limit how many permits there are for each key
   * @throws IllegalArgumentException if that is less than 1
   */
  public KeyedSemaphore(int limit) {
    this.tokens = new KeyedTokens<>(Limits.atLeastOne("the number of permits for a key", limit));
  }

  /**
   * Gives the semaphore of a key.
   *
   * @param key the key
   * @return its semaphore, which can be kept, and costs nothing while nobody holds a permit
   */
  public PermitSource of(K key) {
    return tokens.of(key);
  }

  /**
   * Shows the keys of which somebody holds a permit.
   *
   * @return the keys; a snapshot
   */
  public Set<K> keys() {
    return tokens.keys();
  }
}
