package dev.twine.sync;

import java.util.Set;

/**
 * A lock for each key: for each user, for each host.
 *
 * <p>{@link #of} gives the lock of a key, with everything that a {@link DeferredLock} does for its
 * holders. Nothing is kept for a key whose lock nobody holds, so there may be any number of keys.
 *
 * {@snippet class=CoordinationSnippets region=keyed_lock lang=java}
 *
 * @param <K> the keys; equal keys have the same lock. They are those of a map: immutable, and
 *     compared quickly
 * @since 0.1
 */
public final class KeyedLock<K> {

  private final KeyedTokens<K> tokens = new KeyedTokens<>(1);

  /** Creates the locks, which nobody holds. */
  public KeyedLock() {}

  /**
   * Gives the lock of a key.
   *
   * @param key the key
   * @return its lock, which can be kept, and costs nothing while nobody holds it
   */
  public PermitSource of(K key) {
    return tokens.of(key);
  }

  /**
   * Shows the keys whose lock somebody holds.
   *
   * @return the keys; a snapshot
   */
  public Set<K> keys() {
    return tokens.keys();
  }
}
