package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two processes that meet the link of a dead owner, round by round, and try to take it over at the
 * same time.
 *
 * @param rounds how many rounds were played
 * @param wins how often each process had the lock
 * @param doubles in how many rounds both had it
 */
record TakeOverStorm(long rounds, List<Long> wins, long doubles) {

  /** Plays a number of rounds; without the guard, until two holders have been seen. */
  static TakeOverStorm play(Path folder, long rounds, boolean guarded) throws Exception {
    Path board = folder.resolve("board");
    Path link = folder.resolve("x");
    long dead = Children.ended();
    Files.createSymbolicLink(link, Path.of(Long.toString(dead)));
    try (ScoreBoard scores = ScoreBoard.open(board)) {
      Process one = contender(board, link, dead, rounds, 0, guarded);
      Process other = contender(board, link, dead, rounds, 1, guarded);
      try {
        Children.assertEnds(one, 300);
        Children.assertEnds(other, 60);
      } finally {
        one.destroyForcibly();
        other.destroyForcibly();
      }
      return new TakeOverStorm(
          scores.get(ScoreBoard.ROUNDS),
          List.of(scores.get(ScoreBoard.WINS), scores.get(ScoreBoard.WINS + 1)),
          scores.get(ScoreBoard.DOUBLES));
    }
  }

  private static Process contender(
      Path board, Path link, long dead, long rounds, int place, boolean guarded)
      throws IOException {
    return Children.start(TakeOverContender.class, board, link, dead, rounds, place, guarded);
  }

  void assertOneHolderInEachOf(long wanted) {
    assertThat(doubles).as("rounds with two holders").isZero();
    assertThat(rounds).isEqualTo(wanted);
    assertThat(wins.get(0) + wins.get(1)).as("rounds with a holder").isEqualTo(wanted);
    assertThat(wins)
        .as("each process was in the contest")
        .allSatisfy(won -> assertThat(won).isGreaterThan(wanted / 20));
  }
}
