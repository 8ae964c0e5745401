package dev.twine.linkcheck;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A walk through some sites: from page to page, to each address once, with several visits under way
 * at a time.
 *
 * <p>A redirect is not followed on the spot. What it leads to is one more address for the frontier,
 * so it's visited once however many links and redirects lead there, and a loop ends by itself: its
 * last step leads to an address that is known. {@link Answers} finds out afterwards what that means
 * for the links.
 */
final class Crawl {

  /** After so many redirects in a row nobody can expect a page at the end. */
  static final int MOST_REDIRECTS = 10;

  private final List<Site> sites;
  private final Fetcher web;
  private final Fetcher files;
  private final Scheduler scheduler;
  private final Frontier frontier = new Frontier();
  private final Answers answers = new Answers();
  private final Set<Address> roots = ConcurrentHashMap.newKeySet();

  Crawl(List<Site> sites, Fetcher web, Fetcher files, Scheduler scheduler) {
    this.sites = sites;
    this.web = web;
    this.files = files;
    this.scheduler = scheduler;
  }

  /**
   * Visits everything; to be called once.
   *
   * @param concurrency how many visits may be under way at a time
   * @return what there is to report when all is done
   */
  Deferred<Report> run(int concurrency) {
    Duration begin = scheduler.now();
    for (Site site : sites) {
      roots.add(site.root());
      site.starts().forEach(start -> frontier.add(Visit.start(start)));
    }
    List<Deferred<@Nullable Void>> workers = new ArrayList<>();
    for (int i = 0; i < concurrency; i++) {
      workers.add(worker());
    }
    return Deferred.gatherResults(workers)
        .addCallback(done -> Report.of(sites, answers, scheduler.now().minus(begin)));
  }

  /** Says how far the crawl has come. */
  String progress() {
    return answers.size()
        + " of "
        + frontier.size()
        + " addresses visited, "
        + answers.broken()
        + " broken";
  }

  /** As many of these run as there may be visits at a time; each makes one visit after another. */
  private Deferred<@Nullable Void> worker() {
    return Deferred.loop(() -> frontier.take().chainCallback(this::visitIfAny));
  }

  /** Gives false, which ends the worker's loop, if there is nothing left to visit. */
  private Deferred<Boolean> visitIfAny(Optional<Visit> next) {
    return next.map(this::visit).orElseGet(() -> Deferred.succeed(false));
  }

  private Deferred<Boolean> visit(Visit visit) {
    Address address = visit.address();
    return fetcherFor(address)
        .fetch(address, rootOf(address, visit.start()))
        .addErrback(
            failure -> Answer.Broken.forGood("can't be checked: " + failure.getErrorMessage()))
        .addCallback(
            answer -> {
              learn(visit, answer);
              frontier.done();
              return true;
            });
  }

  private void learn(Visit visit, Answer answer) {
    answers.put(visit.address(), answer);
    if (answer instanceof Page page) {
      for (Link link : page.links()) {
        if (link.address() != null) {
          frontier.add(Visit.linked(link.address()));
        }
      }
    }
    if (answer instanceof Answer.Moved moved && visit.redirects() < MOST_REDIRECTS) {
      frontier.add(visit.movedTo(moved.to()));
    }
  }

  private Fetcher fetcherFor(Address address) {
    return address.isFile() ? files : web;
  }

  /** Returns the root of the site that the address belongs to, or null if it is elsewhere. */
  private @Nullable Address rootOf(Address address, boolean start) {
    for (Address root : roots) {
      if (root.contains(address)) {
        return root;
      }
    }
    if (!start) {
      return null;
    }
    // Asked for example.org, redirected to www.example.org: that is the site that was meant.
    roots.add(address.root());
    return address.root();
  }
}
