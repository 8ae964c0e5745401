package dev.twine.linkcheck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a crawl has found.
 *
 * @param findings in the order of the pages
 * @param pages how many pages were read
 * @param links how many links were on them
 * @param addresses how many addresses these led to
 * @param took the time it took
 */
record Report(List<Finding> findings, int pages, int links, int addresses, Duration took) {

  /** What is longer than this stands out of its column, or it would push all the others away. */
  private static final int WIDEST = 48;

  /** Draws up the report of a crawl that is over. */
  static Report of(List<Site> sites, Answers answers, Duration took) {
    List<Finding> findings = new ArrayList<>();
    for (Site site : sites) {
      for (Address start : site.starts()) {
        String problem = answers.problemOfStart(start);
        if (problem != null) {
          findings.add(Finding.pageItself(start, problem));
        }
      }
    }
    Map<Address, Page> pages = answers.pages();
    int links = 0;
    for (Map.Entry<Address, Page> page : pages.entrySet()) {
      for (Link link : page.getValue().links()) {
        links++;
        String problem = answers.problemOf(link);
        if (problem != null) {
          findings.add(Finding.onPage(page.getKey(), link, problem));
        }
      }
    }
    return new Report(
        findings.stream().distinct().toList(), pages.size(), links, answers.size(), took);
  }

  /** Prints the findings, page by page, and the summary. */
  void print(Screen screen) {
    String line = "  %-10s  %-" + width(screen) + "s  %s";
    Address page = null;
    for (Finding finding : findings) {
      if (!finding.page().equals(page)) {
        page = finding.page();
        screen.line("");
        screen.line(page.display());
      }
      String written = screen.printable(finding.written());
      screen.line(line.formatted(finding.kind(), written, finding.problem()));
    }
    screen.line("");
    screen.line(summary());
  }

  /** The width of the column with what is written in the pages. */
  private int width(Screen screen) {
    return findings.stream()
        .mapToInt(finding -> screen.printable(finding.written()).length())
        .filter(length -> length <= WIDEST)
        .max()
        .orElse(1);
  }

  private String summary() {
    long broken = findings.stream().map(Finding::page).distinct().count();
    return counted(pages, "page")
        + " with "
        + counted(links, "link")
        + " to "
        + counted(addresses, "address")
        + " checked in "
        + Seconds.about(took)
        + ": "
        + (findings.isEmpty()
            ? "no findings"
            : counted(findings.size(), "finding") + " on " + counted(broken, "page"));
  }

  /** Puts a number and a noun together: 1 page, 2 pages. */
  static String counted(long number, String noun) {
    String plural = noun.endsWith("s") ? "es" : "s";
    return number + " " + noun + (number == 1 ? "" : plural);
  }
}
