package dev.twine.testing;

import static java.util.stream.Collectors.joining;

import dev.twine.Probe;
import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in the user's program: the stack without what is above it, and what runs the test. */
final class Place {

  private static final int DEPTH = 40;
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final List<@Nullable CodeSource> OURS =
      Stream.of(Probe.class, Place.class).<@Nullable CodeSource>map(Place::source).toList();

  private final List<StackTraceElement> frames;

  private Place(List<StackTraceElement> frames) {
    this.frames = frames;
  }

  /** Where this thread is now. */
  static Place here() {
    return new Place(WALKER.walk(Place::ofUser));
  }

  private static List<StackTraceElement> ofUser(Stream<StackFrame> frames) {
    return frames
        .dropWhile(frame -> isOurs(frame.getDeclaringClass()))
        .takeWhile(frame -> !frame.getClassName().startsWith("org.junit."))
        .limit(DEPTH)
        .map(StackFrame::toStackTraceElement)
        .toList();
  }

  private static boolean isOurs(Class<?> type) {
    return OURS.contains(source(type));
  }

  private static @Nullable CodeSource source(Class<?> type) {
    return type.getProtectionDomain().getCodeSource();
  }

  @Override
  public String toString() {
    return frames.stream().map(frame -> "\tat " + frame).collect(joining("\n"));
  }
}
