package dev.twine.linkcheck;

import java.util.ArrayList;
import java.util.List;

/**
 * A broken link that was put somewhere on purpose.
 *
 * @param page the address of the page that it is on
 * @param written the link as it stands there
 * @param problem how the problem that a checker finds has to begin
 */
record Planted(String page, String written, String problem) {

  /** Tells whether this is what a checker has found. */
  boolean is(Finding finding) {
    return finding.page().toString().equals(page)
        && finding.written().equals(written)
        && finding.problem().startsWith(problem);
  }

  /**
   * Compares what was found with what was planted, and prints whether it is the same.
   *
   * @return the exit status: {@link Main#FINE}, or {@link Main#BAD_USAGE} if it isn't
   */
  static int compare(List<Planted> planted, List<Finding> findings, Screen screen) {
    List<Planted> missing = new ArrayList<>(planted);
    missing.removeIf(each -> findings.stream().anyMatch(each::is));
    List<Finding> unexpected = new ArrayList<>(findings);
    unexpected.removeIf(finding -> planted.stream().anyMatch(each -> each.is(finding)));
    missing.forEach(each -> tell("missing", each.page, each.written, each.problem, screen));
    for (Finding each : unexpected) {
      tell("unexpected", each.page().toString(), each.written(), each.problem(), screen);
    }
    boolean exact = missing.isEmpty() && unexpected.isEmpty() && planted.size() == findings.size();
    screen.line(
        Report.counted(findings.size(), "finding")
            + (exact
                ? ", exactly those planted"
                : ", not those planted: "
                    + missing.size()
                    + " missing, "
                    + unexpected.size()
                    + " unexpected"));
    return exact ? Main.FINE : Main.BAD_USAGE;
  }

  private static void tell(
      String what, String page, String written, String problem, Screen screen) {
    screen.line("%-10s  %s  %s  %s".formatted(what, page, written, problem));
  }
}
