package dev.twine.linkcheck;

/**
 * What a visit to an address has shown. It is never a failure: what went wrong is an answer too.
 */
sealed interface Answer permits Page, Answer.Present, Answer.Moved, Answer.Broken {

  /** There is something, and nobody wanted to look inside. */
  record Present() implements Answer {}

  /**
   * It is somewhere else. Following that is the crawl's affair, since other links may lead there.
   *
   * @param to where it is
   */
  record Moved(Address to) implements Answer {}

  /**
   * There is nothing, or nothing of use.
   *
   * @param problem what to tell the author of the link
   * @param mayPass whether it is worth another try
   */
  record Broken(String problem, boolean mayPass) implements Answer {

    /** A problem that another try would only meet again. */
    static Broken forGood(String problem) {
      return new Broken(problem, false);
    }
  }
}
