package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The floors do what the rows need, and also what only two threads bring about. */
class FloorTest {

  @Test
  void aCallbackAddedMeanwhileRunsAfterTheOthers() {
    ChainFloor chain = new ChainFloor();
    chain.add(
        value -> {
          chain.add(later -> later * 10);
          return value + 1;
        });
    chain.add(value -> value + 1);
    chain.fire(1);
    assertThat(chain.result()).isEqualTo(30);
  }

  @Test
  void aCallbackAddedWhileALateOneRunsIsNotLost() {
    ChainFloor chain = new ChainFloor(1);
    chain.add(
        value -> {
          chain.add(later -> later * 10);
          return value + 1;
        });
    assertThat(chain.result()).isEqualTo(20);
  }

  @Test
  void addsAndAFireOfTwoThreads() {
    Partner partner = new Partner();
    for (int round = 0; round < 1000; round++) {
      AtomicInteger calls = new AtomicInteger();
      ChainFloor chain = new ChainFloor();
      partner.begin(() -> chain.fire(0));
      for (int i = 0; i < 10; i++) {
        chain.add(
            value -> {
              calls.incrementAndGet();
              return value + 1;
            });
      }
      partner.await();
      assertThat(chain.result()).isEqualTo(10);
      assertThat(calls).hasValue(10);
    }
    partner.begin(Partner.LEAVE);
  }

  @Test
  void theResultIsMissingUntilItIsFired() {
    ChainFloor chain = new ChainFloor();
    assertThat(chain.result()).isNull();
    chain.add(value -> value);
    assertThat(chain.result()).isNull();
    chain.fire(3);
    assertThat(chain.result()).isEqualTo(3);
  }

  @Test
  void aFlatOneWaits() {
    FlatFloor inner = new FlatFloor();
    FlatFloor outer = new FlatFloor();
    outer.add(value -> inner);
    outer.add(value -> value + 1);
    outer.fire(1);
    assertThat(outer.result()).isNull();
    inner.fire(5);
    assertThat(outer.result()).isEqualTo(6);
  }

  @Test
  void aFlatOneThatNobodyWaitsForIsJustFired() {
    FlatFloor flat = new FlatFloor();
    flat.fire(5);
    assertThat(flat.result()).isEqualTo(5);
  }

  @Test
  void aFailureFindsTheErrback() {
    FailFloor chain = new FailFloor();
    chain.add(Steps.Functions.THROWING);
    chain.add(value -> value + 1);
    chain.addErrback(thrown -> thrown == Steps.FAILURE ? 5 : 0);
    chain.addErrback(thrown -> 7);
    chain.add(value -> value + 1);
    chain.fire(1);
    assertThat(chain.result()).isEqualTo(6);
  }

  @Test
  void aGatheredOneHasAllValuesInOrder() {
    GatherFloor.Member[] members = {new GatherFloor.Member(), new GatherFloor.Member()};
    members[1].fire(2); // before it is a member
    GatherFloor list = new GatherFloor(members, values -> values);
    assertThat(list.result()).isNull();
    members[0].fire(1);
    assertThat(list.result()).isEqualTo(List.of(1, 2));
  }

  @Test
  void aLoopWaitsForAPendingStep() {
    LoopFloor.Step pending = new LoopFloor.Step();
    Queue<LoopFloor.Step> steps =
        new ArrayDeque<>(List.of(new LoopFloor.Step(true), pending, new LoopFloor.Step(false)));
    LoopFloor loop = new LoopFloor(steps::remove);
    assertThat(loop.result()).isNull();
    pending.fire(true);
    assertThat(loop.result()).isEqualTo(false);
    assertThat(steps).isEmpty();
  }
}
