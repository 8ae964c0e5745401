package dev.twine.examples;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.ensureDeferred;

import dev.twine.Deferred;
import dev.twine.threads.Reactor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows a coroutine that waits for stages of the JDK, in a loop, {@code crawl}: it gets web pages
 * one after the other, with the JDK's HTTP client, whose futures are awaited as they are.
 */
public final class Crawler {

  private final HttpClient client;

  Crawler(HttpClient client) {
    this.client = client;
  }

  /**
   * Gets some pages, and says how long they are.
   *
   * @param arguments their addresses
   */
  public static void main(String... arguments) {
    if (arguments.length == 0) {
      System.err.println("usage: Crawler ADDRESS...");
      System.exit(2);
    }
    System.exit(
        Reactor.react(
            reactor ->
                new Crawler(HttpClient.newHttpClient())
                    .crawl(List.of(arguments))
                    .continueOn(reactor)
                    .onSuccess(Crawler::print)));
  }

  /** Gets pages; a map with the text of each, in their order. */
  Deferred<Map<String, String>> crawl(List<String> pages) {
    return ensureDeferred(
        () -> {
          Map<String, String> results = new LinkedHashMap<>();
          for (String page : pages) {
            results.put(page, content(page));
          }
          return results;
        });
  }

  /** Waits for one page, on behalf of the coroutine that calls this. */
  private String content(String page) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(page)).build();
    HttpResponse<String> response = await(client.sendAsync(request, BodyHandlers.ofString()));
    return response.body();
  }

  private static void print(Map<String, String> results) {
    results.forEach(
        (page, text) -> System.out.println(page + ": " + text.length() + " characters"));
  }
}
