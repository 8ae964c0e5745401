import dev.twine.Probe;
import dev.twine.coroutine.ContextElement;
import org.jspecify.annotations.NullMarked;

/** Deferred: results that are not available yet, and what one does with them. */
@NullMarked
module dev.twine {
  requires static transitive org.jspecify;

  exports dev.twine;
  exports dev.twine.coroutine;
  exports dev.twine.sync;
  exports dev.twine.threads;
  exports dev.twine.time;

  uses ContextElement;
  uses Probe;
}
