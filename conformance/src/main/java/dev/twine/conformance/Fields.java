package dev.twine.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a scenario, read member by member. A member that is missing or of another type
 * is an IllegalArgumentException that names it.
 */
class Fields {

  private final Map<String, @Nullable Object> members;

  Fields(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Takes a JSON value that has to be an object. */
  static Fields of(@Nullable Object json) {
    return new Fields(membersOf(json));
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  static Map<String, @Nullable Object> membersOf(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalArgumentException("not a JSON object: " + Json.write(json));
  }

  final Map<String, @Nullable Object> members() {
    return members;
  }

  final boolean has(String name) {
    return members.containsKey(name);
  }

  /** Any JSON value; null if it is missing. */
  final @Nullable Object value(String name) {
    return members.get(name);
  }

  final String text(String name) {
    return member(name, String.class);
  }

  final int number(String name) {
    return member(name, Integer.class);
  }

  /** A time; the format writes times in whole seconds. */
  final Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  /** A truth value that is false if it is missing. */
  final boolean flag(String name) {
    return has(name) && member(name, Boolean.class);
  }

  final List<@Nullable Object> list(String name) {
    return listOf(member(name, List.class));
  }

  final List<String> texts(String name) {
    return list(name).stream().map(String.class::cast).map(Objects::requireNonNull).toList();
  }

  final Fields object(String name) {
    return of(value(name));
  }

  /** A list of operations that is empty if it is missing. */
  final List<Op> operations(String name) {
    return has(name) ? list(name).stream().map(Op::of).toList() : List.of();
  }

  final Body body(String name) {
    return Body.of(value(name));
  }

  final List<Body> bodies(String name) {
    return list(name).stream().map(Body::of).toList();
  }

  /** A new exception, as the members {@code e} (kind) and {@code t} (tag) describe it. */
  final UserException exception() {
    return UserException.of(text("e"), text("t"));
  }

  @SuppressWarnings("unchecked") // JSON arrays hold JSON values
  static List<@Nullable Object> listOf(List<?> list) {
    return (List<@Nullable Object>) list;
  }

  private <T> T member(String name, Class<T> type) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is missing or no " + type.getSimpleName() + " in " + this);
    }
    return type.cast(value);
  }

  @Override
  public final String toString() {
    return Json.write(members);
  }
}
