package dev.twine.linkcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Everything that a crawl has seen so far, by address. Any thread may add to it and ask it. */
final class Answers {

  private final Map<Address, Answer> answers = new ConcurrentHashMap<>();

  void put(Address address, Answer answer) {
    answers.put(address, answer);
  }

  /** Returns how many addresses have been visited. */
  int size() {
    return answers.size();
  }

  /** Returns how many of them are broken. */
  int broken() {
    return (int) answers.values().stream().filter(Answer.Broken.class::isInstance).count();
  }

  /** Returns all pages, in the order of their addresses. */
  SortedMap<Address, Page> pages() {
    SortedMap<Address, Page> pages = new TreeMap<>();
    answers.forEach(
        (address, answer) -> {
          if (answer instanceof Page page) {
            pages.put(address, page);
          }
        });
    return pages;
  }

  /** Says what is wrong with a link, or gives null if nothing is. */
  @Nullable String problemOf(Link link) {
    Address address = link.address();
    return address == null ? "malformed address" : problemAt(address, link.fragment());
  }

  /** Says why a place that a user wants to begin at can't be one, or gives null if it can. */
  @Nullable String problemOfStart(Address start) {
    String problem = problemAt(start, "");
    boolean page = answers.get(last(trailFrom(start))) instanceof Page;
    return problem == null && !page ? "not an HTML page" : problem;
  }

  private @Nullable String problemAt(Address place, String fragment) {
    List<Address> trail = trailFrom(place);
    Address end = last(trail);
    if (trail.indexOf(end) < trail.size() - 1) {
      List<String> steps = trail.stream().map(step -> step.seenFrom(place)).toList();
      return "redirect loop: " + String.join(" -> ", steps);
    }
    Answer answer = answers.get(end);
    if (answer == null) {
      return "more than " + Crawl.MOST_REDIRECTS + " redirects";
    }
    String redirected = trail.size() == 1 ? "" : " (redirected to " + end.seenFrom(place) + ")";
    if (answer instanceof Answer.Broken broken) {
      return broken.problem() + redirected;
    }
    if (answer instanceof Page page && !page.hasAnchor(fragment)) {
      return "no anchor '" + fragment + "' on that page" + redirected;
    }
    return null;
  }

  /** Follows redirects to the first place that isn't one, or that was there already. */
  private List<Address> trailFrom(Address place) {
    List<Address> trail = new ArrayList<>(List.of(place));
    while (answers.get(last(trail)) instanceof Answer.Moved moved) {
      boolean loop = trail.contains(moved.to());
      trail.add(moved.to());
      if (loop) {
        break;
      }
    }
    return trail;
  }

  private static Address last(List<Address> trail) {
    return trail.get(trail.size() - 1);
  }
}
