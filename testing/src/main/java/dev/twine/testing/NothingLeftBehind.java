package dev.twine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind, and says what that is and where it began.
 *
 * <p>What is looked for:
 *
 * <ul>
 *   <li>a failure that nobody handled, in a Deferred that nothing refers to any more. As in the
 *       log, one in a Deferred that was cancelled does not count;
 *   <li>an exception that was reported because it had no place in any chain;
 *   <li>what has begun since the test began, with its {@code @BeforeEach}, and not come to its end
 *       after its {@code @AfterEach}: a delayed call, a {@link dev.twine.time.LoopingCall}, a
 *       permit, work on a thread, and whatever else says so through {@link dev.twine.Probes#began}.
 * </ul>
 *
 * <p>What is just coming to its end on another thread has a quarter of a second for it. A test that
 * provokes an error takes it out with {@link Results#flushLoggedErrors}. If the test has failed
 * anyway, what it left behind is a suppressed exception of that.
 *
 * <p><b>Whose it is.</b> Whatever happens in this JVM while a test runs counts for that test: so
 * nothing else may run beside it. Annotate with {@link LeavesNothingBehind}, which sees to that, or
 * use this class with {@code @ExtendWith} where tests don't run in parallel. If two tests that are
 * watched overlap nevertheless, the second one fails with an {@link IllegalStateException}.
 *
 * <p>A failure can't be seen as long as something refers to its Deferred. If that is the instance
 * of the test class, it is seen after the test, when there is no blaming the test any more: then
 * its <i>class</i> fails, and the message names the test. In what is {@code static}, or in an
 * instance for all tests of a class, it is not seen at all.
 *
 * <p>The garbage is collected before and after every test: about a tenth of a second with a small
 * heap. {@code -XX:+DisableExplicitGC} makes that impossible, and every test fail.
 *
 * <p>This does what {@code _Janitor} does in Twisted's trial, and its tests that fail because of
 * logged errors ({@code trial.unittest.SynchronousTestCase.flushLoggedErrors}).
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this requires JUnit himself
public final class NothingLeftBehind
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NothingLeftBehind.class);

  /** Where the store of a class knows the outermost class that is watched. */
  private static final String OUTERMOST = "outermost";

  /** Failures that were seen only when the test that they belong to was over. */
  private final Queue<String> late = new ConcurrentLinkedQueue<>();

  /** What ended last: a test, or what comes before the first. */
  private volatile String last = "@BeforeAll";

  /** For JUnit. */
  public NothingLeftBehind() {}

  /** Forgets what others have left before. */
  @Override
  public void beforeAll(ExtensionContext context) throws InterruptedException {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    if (store.get(OUTERMOST) == null) {
      store.put(OUTERMOST, context.getUniqueId());
      Sweep.collect();
      Watch.enterClass();
    }
  }

  /** Begins to watch. */
  @Override
  public void beforeEach(ExtensionContext context) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    Watch watch = Watch.begin();
    context.getStore(NAMESPACE).put(Watch.class, watch);
    addLate(watch);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks for what the test has left.
   *
   * @throws AssertionError if there is something
   */
  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    Watch watch = context.getStore(NAMESPACE).remove(Watch.class, Watch.class);
    if (watch == null) {
      return;
    }
    last = nameOf(context);
    boolean interrupted = Thread.interrupted();
    try {
      failIfAny(last + " has left behind", watch.awaitAll());
    } finally {
      watch.end();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Looks for what could not be seen before; nested classes leave that to the one around them.
   *
   * @throws AssertionError if there is something
   */
  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    if (!context.getUniqueId().equals(context.getStore(NAMESPACE).get(OUTERMOST))) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    Watch watch = Watch.begin();
    try {
      addLate(watch);
    } finally {
      watch.end();
      Watch.leaveClass();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    List<String> all = List.copyOf(late);
    late.clear();
    failIfAny(context.getDisplayName() + " has left behind", all);
  }

  private void addLate(Watch watch) throws InterruptedException {
    List<String> seen = new ArrayList<>(watch.takeWrong());
    seen.addAll(0, Watch.takeStrays());
    seen.forEach(text -> late.add("after " + last + ": " + text));
  }

  private static void failIfAny(String headline, List<String> left) {
    if (!left.isEmpty()) {
      throw new AssertionError(headline + ":\n" + String.join("\n", left));
    }
  }

  private static String nameOf(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
  }
}
