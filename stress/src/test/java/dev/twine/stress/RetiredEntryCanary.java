package dev.twine.stress;

/**
 * An entry that is thrown away while somebody has it. {@code KeyedTokens} retires the entry of a
 * key whose tokens are all back with a compare-and-set, and only then removes it; here it looks
 * whether they are back, and removes it. Whoever has got hold of it in between has its lock, and
 * the next one has that of a new entry.
 */
final class RetiredEntryCanary extends Canary {

  RetiredEntryCanary() {
    super(
        KeyedCloseAndAcquire.class,
        "sync/KeyedTokens.java",
        "if (retire()) {",
        "if (taken() == 0) {");
  }
}
