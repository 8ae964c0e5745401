package dev.twine.conformance;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something with a name in a scenario that is no Deferred: a lock, a looping call, a task.
 *
 * @param itself the object; where a result is this object, the trace shows its name
 * @param state its part of the final state
 */
record Thing(Object itself, Supplier<Map<String, @Nullable Object>> state) {}
