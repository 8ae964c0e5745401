package dev.twine.linkcheck;

import java.util.Map;
import java.util.Set;

/**
 * The status of an HTTP answer.
 *
 * @param code its number
 */
record Status(int code) {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What a server says that is only overloaded or being restarted. */
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(410, "Gone"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(451, "Unavailable For Legal Reasons"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  boolean isSuccess() {
    return code / 100 == 2;
  }

  boolean isRedirect() {
    return REDIRECTS.contains(code);
  }

  boolean isError() {
    return code >= 400;
  }

  /** Tells whether it is worth another try. */
  boolean mayPass() {
    return PASSING.contains(code);
  }

  /** Gives the number and, if it is a common one, what it means: {@code 404 Not Found}. */
  @Override
  public String toString() {
    return (code + " " + NAMES.getOrDefault(code, "")).strip();
  }
}
