package dev.twine;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that has left an unhandled failure behind, or a report that it did not expect.
 * It stands on every class: JUnit finds it as a service.
 */
public final class NothingLeftBehind implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Reports.reported();
    Reports.takenAgain();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() != null) {
      return;
    }
    AssertionError left = new AssertionError("this class left failures behind");
    Reports.unhandledExceptions().forEach(left::addSuppressed);
    Reports.reported().forEach(report -> left.addSuppressed(report.thrown()));
    Reports.takenAgain();
    Reports.logged();
    if (left.getSuppressed().length > 0) {
      throw left;
    }
  }
}
