package dev.twine.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java values: null, Boolean, Integer, String, List and Map. Two of them are equal if
 * they are equal as JSON, where the order of members does not matter.
 */
final class Json {

  private static final ObjectMapper MAPPER = new JsonMapper();
  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final ObjectWriter SORTING =
      MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IllegalArgumentException if the text is not JSON
   */
  static @Nullable Object parse(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes a value on one line. */
  static String write(@Nullable Object value) {
    return write(value, WRITER);
  }

  /** Writes a value on one line, members sorted by name: the same text for equal values. */
  static String writeSorted(@Nullable Object value) {
    return write(value, SORTING);
  }

  private static String write(@Nullable Object value, ObjectWriter writer) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not a JSON value", e);
    }
  }
}
