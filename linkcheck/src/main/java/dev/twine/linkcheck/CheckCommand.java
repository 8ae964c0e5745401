package dev.twine.linkcheck;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code twine check}: visits all pages of some sites and checks what they link to. */
@Command(
    name = "check",
    sortOptions = false,
    customSynopsis = {
      "twine check [--concurrency=N] [--timeout=SECONDS] TARGET...",
      "       twine check [--concurrency=N] [--timeout=SECONDS] --demo"
    },
    descriptionHeading = "%n",
    description =
        "Checks every link, image and style sheet on all pages of a site, each address once. What"
            + " is on other sites is checked as well, but not crawled.",
    parameterListHeading = "%n",
    footerHeading = "%n",
    footer = {
      "A server that answers 429, 500, 502, 503 or 504, or that breaks the connection, is asked up"
          + " to two more times, half a second apart; it is a finding if it stays like that. One"
          + " that doesn't answer in time isn't asked again.",
      "",
      "Exit status: 0 no findings; 1 findings; 2 bad usage. With --demo: 0 if exactly the planted"
          + " findings were found, otherwise 2."
    })
final class CheckCommand {

  private static final int MOST_WORKERS = 1000;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DEMO_TIMEOUT = Duration.ofSeconds(3);

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      description = "An http or https address, or a folder of HTML files.")
  private List<String> targets = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "How many addresses to visit at a time (default: ${DEFAULT-VALUE}).")
  private int concurrency = 8;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "The longest time to wait for an answer (default: 10; with --demo: 3).")
  private @Nullable Duration timeout;

  @Option(
      names = "--demo",
      description =
          "Check a site that is started on this machine for the purpose, with slow, flaky, missing,"
              + " redirecting, looping and never-answering pages. Needs no network.")
  private boolean demo;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli sets it and tells us that it was set
  private boolean help;

  /** Does it; gives the exit status. */
  Deferred<Integer> run(Screen screen, Scheduler scheduler) throws IOException {
    if (concurrency < 1 || concurrency > MOST_WORKERS) {
      throw new BadUsageException("--concurrency goes from 1 to " + MOST_WORKERS);
    }
    if (demo && !targets.isEmpty()) {
      throw new BadUsageException("--demo brings a site of its own, so there can't be a TARGET");
    }
    if (!demo && targets.isEmpty()) {
      throw new BadUsageException("say what to check: an address, a folder, or --demo");
    }
    return demo ? demo(screen, scheduler) : check(screen, scheduler);
  }

  private Deferred<Integer> check(Screen screen, Scheduler scheduler) {
    // All of them before anything else: a mistake in the last one should show at once.
    List<Site> sites = targets.stream().map(Site::of).toList();
    screen.line("Checking " + String.join(", ", targets));
    return crawl(sites, HttpClient.newHttpClient(), DEFAULT_TIMEOUT, screen, scheduler)
        .addCallback(report -> report.findings().isEmpty() ? Main.FINE : Main.FINDINGS);
  }

  private Deferred<Integer> demo(Screen screen, Scheduler scheduler) throws IOException {
    DemoSite site = DemoSite.open(scheduler);
    screen.line("Checking a site made for the purpose, " + site.address());
    // Whatever proxy this machine is told to use, it would know nothing of our port.
    HttpClient direct = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    return crawl(List.of(Site.of(site.address())), direct, DEMO_TIMEOUT, screen, scheduler)
        .onEither(site::close)
        .addCallback(report -> Planted.compare(site.planted(), report.findings(), screen));
  }

  /** Crawls and prints what was found. */
  private Deferred<Report> crawl(
      List<Site> sites,
      HttpClient client,
      Duration usualTimeout,
      Screen screen,
      Scheduler scheduler) {
    Patience patience = Patience.of(timeout == null ? usualTimeout : timeout);
    Crawl crawl =
        new Crawl(sites, new WebFetcher(client, patience, scheduler), new FileFetcher(), scheduler);
    return Progress.during(() -> crawl.run(concurrency), crawl::progress, screen, scheduler)
        .onSuccess(report -> report.print(screen));
  }

  /** Reads a number of seconds, perhaps with a decimal point. */
  private static final class SecondsConverter implements ITypeConverter<Duration> {

    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final BigDecimal MOST = new BigDecimal(3600);

    @Override
    public Duration convert(String written) {
      try {
        BigDecimal seconds = new BigDecimal(written);
        if (seconds.compareTo(LEAST) >= 0 && seconds.compareTo(MOST) <= 0) {
          return Duration.ofMillis(seconds.movePointRight(3).longValue());
        }
      } catch (NumberFormatException explainedBelow) {
        // As bad as a number out of range.
      }
      throw new TypeConversionException("'" + written + "' is no time from 0.001 to 3600 seconds");
    }
  }
}
