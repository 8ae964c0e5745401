package dev.twine.examples;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;

import dev.twine.Deferred;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Shows a function with an argument in the style of inlineCallbacks, {@code loadData}, whose body
 * ends with a plain {@code return}.
 */
final class DataLoader {

  private final Function<String, Deferred<Map<String, String>>> loadData;

  DataLoader(Web web) {
    this.loadData =
        inlineCallbacks(
            path -> {
              String response = await(web.makeRequest("GET", path));
              return pairsIn(response);
            });
  }

  /** Loads what is at a path: lines such as {@code name=value}. */
  Deferred<Map<String, String>> loadData(String path) {
    return loadData.apply(path);
  }

  private static Map<String, String> pairsIn(String response) {
    Map<String, String> pairs = new TreeMap<>();
    for (String line : response.lines().toList()) {
      int middle = line.indexOf('=');
      if (middle < 0) {
        throw new IllegalArgumentException("no value: " + line);
      }
      pairs.put(line.substring(0, middle), line.substring(middle + 1));
    }
    return pairs;
  }
}
