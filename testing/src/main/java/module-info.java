import dev.twine.Probe;
import dev.twine.testing.LeftoverProbe;
import org.jspecify.annotations.NullMarked;

/** A kit for tests of what is made of Deferreds. */
@NullMarked
module dev.twine.testing {
  requires transitive dev.twine;
  requires static transitive org.jspecify;

  // Not transitive: whoever uses one of these requires it himself, and nobody else needs to have
  // it.
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;

  exports dev.twine.testing;

  provides Probe with
      LeftoverProbe;
}
