package dev.twine.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the two processes of a {@link TakeOverStorm}. */
final class TakeOverContender {

  private final ScoreBoard scores;
  private final Path link;
  private final Path dead;
  private final int place;
  private final FilesystemLock lock;

  private TakeOverContender(ScoreBoard scores, Path link, String dead, int place, boolean guarded) {
    this.scores = scores;
    this.link = link;
    this.dead = Path.of(dead);
    this.place = place;
    this.lock =
        guarded
            ? new FilesystemLock(link)
            : new FilesystemLock(
                link, new RunningProcesses(), file -> new NoGuard(), Duration.ofSeconds(10));
  }

  public static void main(String[] args) throws IOException {
    boolean guarded = Boolean.parseBoolean(args[5]);
    try (ScoreBoard scores = ScoreBoard.open(Path.of(args[0]))) {
      new TakeOverContender(scores, Path.of(args[1]), args[2], Integer.parseInt(args[4]), guarded)
          .play(Long.parseLong(args[3]));
    }
  }

  private void play(long rounds) throws IOException {
    for (long round = 1; round <= rounds; round++) {
      scores.meet(ScoreBoard.ARRIVED, 2 * round);
      // Without the guard the processes would meet no dead owner any more after such a round.
      if (scores.get(ScoreBoard.DOUBLES) > 0) {
        return;
      }
      boolean got = attempt();
      scores.meet(ScoreBoard.TRIED, 2 * round);
      if (place == 0) {
        scores.add(ScoreBoard.ROUNDS, 1);
      }
      if (got) {
        die();
      }
    }
  }

  private boolean attempt() throws IOException {
    if (!lock.lock()) {
      return false;
    }
    if (scores.add(ScoreBoard.HOLDERS, 1) > 1) {
      scores.add(ScoreBoard.DOUBLES, 1);
    }
    return true;
  }

  /** Leaves the lock as a process does that is killed, with the link of one that really is dead. */
  private void die() throws IOException {
    Path legacy = link.resolveSibling("legacy" + place);
    Files.createSymbolicLink(legacy, dead);
    scores.add(ScoreBoard.WINS + place, 1);
    scores.add(ScoreBoard.HOLDERS, -1);
    Files.move(legacy, link, StandardCopyOption.ATOMIC_MOVE);
    if (lock.release()) {
      throw new AssertionError("a link was removed that belonged to another owner");
    }
  }

  /** What a take-over must not do without. */
  private static final class NoGuard implements Guard {

    @Override
    public @Nullable LockOwner owner() {
      return null;
    }

    @Override
    public void note(LockOwner owner) {}

    @Override
    public void close() {}
  }
}
