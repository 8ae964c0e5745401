package dev.twine.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GridTest {

  @Test
  void theNextPointIsAlwaysAheadOfNow() {
    Grid grid = new Grid(100, 30);

    assertThat(grid.untilNext(100)).isEqualTo(30);
    assertThat(grid.untilNext(101)).isEqualTo(29);
    assertThat(grid.untilNext(129)).isEqualTo(1);
    assertThat(grid.untilNext(130)).isEqualTo(30);
    assertThat(grid.untilNext(99)).isEqualTo(1);
  }

  @Test
  void withoutAnIntervalTheNextPointIsNow() {
    assertThat(new Grid(100, 0).untilNext(117)).isZero();
  }

  @Test
  void pointsAreCountedAfterTheOneTimeUpToTheOther() {
    Grid grid = new Grid(100, 30);

    assertThat(grid.pointsBetween(100, 129)).isZero();
    assertThat(grid.pointsBetween(100, 130)).isEqualTo(1);
    assertThat(grid.pointsBetween(130, 130)).isZero();
    assertThat(grid.pointsBetween(129, 190)).isEqualTo(3);
    assertThat(grid.pointsBetween(70, 100)).isEqualTo(1);
  }

  @Test
  void partOfAnIntervalBeforeTheStartIsNotCounted() {
    Grid moved = new Grid(100, 30).movedTo(115);

    assertThat(moved).isEqualTo(new Grid(115, 30));
    assertThat(moved.pointsBetween(100, 145)).isEqualTo(1);
    assertThat(moved.pointsBetween(85, 145)).isEqualTo(2);
  }
}
