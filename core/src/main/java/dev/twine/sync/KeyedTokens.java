package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** {@link Tokens} for each key, and nothing for a key whose tokens are all here. */
final class KeyedTokens<K> {

  /** The tokens of one key, until they are all back; then the next caller gets new ones. */
  private final class Entry extends Tokens {

    private final K key;

    Entry(K key) {
      super(limit);
      this.key = key;
    }

    /** One key's holders may hand over to the next key's. */
    @Override
    Object primitive() {
      return KeyedTokens.this;
    }

    @Override
    void idle() {
      if (retire()) {
        entries.remove(key, this);
      }
    }

    @Override
    Deferred<Permit> acquireElsewhere(@Nullable String name) {
      entries.remove(key, this); // whoever has retired it may not have come so far
      return KeyedTokens.this.acquire(key, name);
    }
  }

  private final int limit;
  private final ConcurrentMap<K, Entry> entries = new ConcurrentHashMap<>();

  KeyedTokens(int limit) {
    this.limit = limit;
  }

  /** What guards one key. */
  PermitSource of(K key) {
    requireNonNull(key, "key");
    return new PermitSource() {

      @Override
      public Deferred<Permit> acquire() {
        return KeyedTokens.this.acquire(key, null);
      }

      @Override
      public Deferred<Permit> acquire(String name) {
        return KeyedTokens.this.acquire(key, requireNonNull(name, "name"));
      }

      @Override
      public List<Claimant> holders() {
        Entry entry = entries.get(key);
        return entry == null ? List.of() : entry.holders();
      }

      @Override
      public List<Claimant> waiters() {
        Entry entry = entries.get(key);
        return entry == null ? List.of() : entry.waiters();
      }
    };
  }

  private Deferred<Permit> acquire(K key, @Nullable String name) {
    Entry entry = entries.get(key); // takes no lock
    return (entry == null ? entries.computeIfAbsent(key, Entry::new) : entry).acquire(name);
  }

  /** The keys of which a token is out; a snapshot. */
  Set<K> keys() {
    return Set.copyOf(entries.keySet());
  }
}
