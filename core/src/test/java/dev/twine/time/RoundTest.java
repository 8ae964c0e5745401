package dev.twine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {

  private final Round round = new Round();
  private final CooperativeTask<?> a = task();
  private final CooperativeTask<?> b = task();
  private final CooperativeTask<?> c = task();

  @Test
  void anEmptyRoundHasNoTurn() {
    assertThat(round.turn()).isNull();
    assertThat(round.isEmpty()).isTrue();
  }

  @Test
  void tasksTakeTurnsAndANewOneIsTheLast() {
    round.add(a);
    round.add(b);
    assertThat(round.turn()).isSameAs(a);

    round.add(c);

    assertTurns(b, c, a, b, c);
  }

  @Test
  void removingATaskThatWasBeforeTheNextCostsTheNextItsTurn() {
    List.of(a, b, c).forEach(round::add);
    assertThat(round.turn()).isSameAs(a);

    round.remove(a);

    assertTurns(c, b, c);
  }

  @Test
  void removingATaskBehindTheNextCostsNobodyATurn() {
    List.of(a, b, c).forEach(round::add);
    assertThat(round.turn()).isSameAs(a);

    round.remove(c);

    assertTurns(b, a, b);
  }

  @Test
  void takingAllBeginsAnew() {
    List.of(a, b).forEach(round::add);
    assertTurns(a, b);

    assertThat(round.takeAll()).isEqualTo(List.of(a, b));

    assertThat(round.isEmpty()).isTrue();
    round.add(c);
    assertTurns(c, c);
  }

  private void assertTurns(CooperativeTask<?>... tasks) {
    for (CooperativeTask<?> task : tasks) {
      assertThat(round.turn()).isSameAs(task);
    }
  }

  private static CooperativeTask<?> task() {
    return new Cooperator(new ManualClock()).cooperate(List.of().iterator());
  }
}
