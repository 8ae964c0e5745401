package dev.twine.linkcheck;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import dev.twine.time.Tasks;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Visits addresses of the web, with the JDK's HTTP client. */
final class WebFetcher implements Fetcher {

  private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

  private final HttpClient client;
  private final Patience patience;
  private final Scheduler scheduler;

  /**
   * Makes a fetcher.
   *
   * @param client one that doesn't follow redirects, or their loops would never be found
   */
  WebFetcher(HttpClient client, Patience patience, Scheduler scheduler) {
    this.client = client;
    this.patience = patience;
    this.scheduler = scheduler;
  }

  @Override
  public Deferred<Answer> fetch(Address address, @Nullable Address root) {
    return fetch(address, root, patience.retries());
  }

  private Deferred<Answer> fetch(Address address, @Nullable Address root, int retries) {
    return ask(address, root)
        .chainCallback(
            answer ->
                retries > 0 && answer instanceof Answer.Broken broken && broken.mayPass()
                    ? Tasks.deferLater(
                        scheduler, patience.pause(), () -> fetch(address, root, retries - 1))
                    : Deferred.succeed(answer));
  }

  /** Asks once. A failure of the connection is an answer too, since that is what we're here for. */
  private Deferred<Answer> ask(Address address, @Nullable Address root) {
    return send(address, root)
        .addTimeout(patience.timeout(), scheduler)
        .<Answer>addCallback(response -> understand(response, address, root))
        .addErrback(TimeoutException.class, late -> Answer.Broken.forGood(patience.exhausted()))
        .addErrback(IOException.class, WebFetcher::disconnected)
        .addErrback(
            IllegalArgumentException.class,
            refused -> Answer.Broken.forGood("malformed address: " + refused.getMessage()));
  }

  /** The client throws if it can't even begin; maybeDeferred makes that a failure like others. */
  private Deferred<HttpResponse<byte[]>> send(Address address, @Nullable Address root) {
    return Deferred.maybeDeferred(
        () -> {
          HttpRequest request =
              HttpRequest.newBuilder(address.uri())
                  .header("User-Agent", "twine-linkcheck")
                  .header("Accept", "text/html,*/*")
                  .build();
          return Deferred.from(client.sendAsync(request, bodyFor(root)));
        });
  }

  /** Pages are read. Of anything else, an archive perhaps, it's enough to know that it's there. */
  private static BodyHandler<byte[]> bodyFor(@Nullable Address root) {
    return answer ->
        root != null && isPage(new Status(answer.statusCode()), answer.headers())
            ? new PageBody()
            : nothing();
  }

  /** A body that is left where it is: the stream is closed before anything is read from it. */
  private static BodySubscriber<byte[]> nothing() {
    return BodySubscribers.mapping(
        BodySubscribers.ofInputStream(),
        stream -> {
          try {
            stream.close();
          } catch (IOException unimportant) {
            // We're done with it either way.
          }
          return new byte[0];
        });
  }

  private static boolean isPage(Status status, HttpHeaders headers) {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean html = type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
    return status.isSuccess() && html;
  }

  private static Answer understand(
      HttpResponse<byte[]> response, Address address, @Nullable Address root) throws IOException {
    Status status = new Status(response.statusCode());
    if (status.isRedirect()) {
      return moved(response, address);
    }
    if (status.isError()) {
      return new Answer.Broken(status.toString(), status.mayPass());
    }
    if (root == null || !isPage(status, response.headers())) {
      return new Answer.Present();
    }
    if (response.body().length > PageBody.LARGEST) {
      return Answer.Broken.forGood("page larger than " + (PageBody.LARGEST >> 20) + " MiB");
    }
    return Page.parse(address, root, response.body(), charsetOf(response.headers()));
  }

  private static Answer moved(HttpResponse<byte[]> response, Address address) {
    String to = response.headers().firstValue("Location").orElse("");
    if (to.isEmpty()) {
      return Answer.Broken.forGood("redirect that doesn't say where to");
    }
    try {
      Reference reference = Reference.parse(to);
      if (!reference.isCheckableOn(address)) {
        return Answer.Broken.forGood("redirect out of the web, to " + to);
      }
      return new Answer.Moved(Address.of(reference.on(address, address.root()).toUri()));
    } catch (URISyntaxException malformed) {
      return Answer.Broken.forGood("redirect to a malformed address: " + to);
    }
  }

  private static @Nullable String charsetOf(HttpHeaders headers) {
    Matcher charset = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
    try {
      return charset.find() && Charset.isSupported(charset.group(1)) ? charset.group(1) : null;
    } catch (IllegalCharsetNameException nonsense) {
      return null;
    }
  }

  private static Answer disconnected(IOException why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return Answer.Broken.forGood("host not found");
      }
    }
    if (why instanceof SSLException) {
      return Answer.Broken.forGood("no secure connection: " + why.getMessage());
    }
    if (why instanceof ConnectException) {
      return new Answer.Broken("cannot connect", true);
    }
    return new Answer.Broken("connection lost", true);
  }
}
