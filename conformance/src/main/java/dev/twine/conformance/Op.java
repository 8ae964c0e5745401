package dev.twine.conformance;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One operation of a scenario. */
final class Op extends Fields {

  private Op(Map<String, @Nullable Object> members) {
    super(members);
  }

  /** Takes a JSON value that has to be an object. */
  static Op of(@Nullable Object json) {
    return new Op(membersOf(json));
  }

  String name() {
    return text("op");
  }

  /** What an error of this operation is recorded for. */
  String target() {
    return Stream.of("d", "p", "task", "as")
        .filter(this::has)
        .map(this::text)
        .findFirst()
        .orElse("");
  }
}
