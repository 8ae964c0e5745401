package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lists in a held state: calls of cancel() that were kept, and chains that wait. */
class KeptTest {

  private final Deferred<String> one = new Deferred<>();
  private final Deferred<String> two = new Deferred<>();
  private final Cancellation ofOne = new Cancellation(one, null);
  private final Cancellation ofTwo = new Cancellation(two, null);
  private final Thread here = Thread.currentThread();
  private final Thread there = new Thread(() -> {});

  private static List<Chain> roots(Held.@Nullable Kept list) {
    List<Chain> roots = new ArrayList<>();
    for (Held.Kept kept = list; kept != null; kept = kept.next()) {
      roots.add(kept.cancellation().root());
    }
    return roots;
  }

  private static boolean[] repeated(Held.Kept list) {
    return new boolean[] {list.isRepeated(), list.next() != null && list.next().isRepeated()};
  }

  @Test
  void theSameCallIsOneOfTheSameTurn() {
    Held.Kept list = new Held.Kept(ofOne, here, new Held.Kept(ofTwo, there, null));

    assertThat(Held.Kept.contains(list, new Cancellation(one, null), here)).isTrue();
    assertThat(Held.Kept.contains(list, ofOne, there)).isFalse();
    assertThat(Held.Kept.contains(list, ofTwo, there)).isTrue();
    assertThat(Held.Kept.contains(null, ofOne, here)).isFalse();
  }

  @Test
  void onlyTheOneTakenBackIsGone() {
    Held.Kept list =
        new Held.Kept(ofOne, here, new Held.Kept(ofTwo, here, new Held.Kept(ofOne, there, null)));

    assertThat(roots(Held.Kept.without(list, ofOne, here))).containsExactly(one, two);
    assertThat(roots(Held.Kept.without(null, ofOne, here))).isEmpty();
  }

  @Test
  void aTurnsOwnAreDropped() {
    Held.Kept list = new Held.Kept(ofOne, here, new Held.Kept(ofTwo, there, null));

    assertThat(roots(Held.Kept.without(list, here))).containsExactly(two);
    assertThat(roots(Held.Kept.without(list, there))).containsExactly(one);
  }

  @Test
  void aChainsOwnAreToldFromOthers() {
    Held.Kept list = new Held.Kept(ofOne, here, new Held.Kept(ofTwo, there, null));

    assertThat(roots(Held.Kept.of(list, one))).containsExactly(one);
    assertThat(roots(Held.Kept.without(list, one))).containsExactly(two);
    assertThat(roots(Held.Kept.of(null, one))).isEmpty();
  }

  @Test
  void fromOutsideNobodyIsTheRunner() {
    Held.Kept list = new Held.Kept(ofOne, here, null);

    assertThat(roots(Held.Kept.without(Held.Kept.fromOutside(list), here))).containsExactly(one);
  }

  @Test
  void oneThatStandsTwiceIsTheSameCall() {
    Held.Kept older = new Held.Kept(ofTwo, here, new Held.Kept(ofOne, null, null));

    assertThat(repeated(new Held.Kept(ofOne, here, older))).containsExactly(true, false);
    assertThat(repeated(older)).containsExactly(false, false);
  }

  @Test
  void aWaiterThatIsServedOnceMayWaitAgain() {
    Held handed = Held.of(Idle.HANDED);
    Held waitedFor = handed.withWaiter(one).withWaiter(two).withWaiter(one);

    Held servedOnce = waitedFor.withoutWaiter(one);

    assertThat(handed.hasWaiter(one)).isFalse();
    assertThat(servedOnce.hasWaiter(one)).isTrue();
    assertThat(servedOnce.withoutWaiter(one).hasWaiter(one)).isFalse();
    assertThat(servedOnce.hasWaiter(two)).isTrue();
    assertThat(handed.withoutWaiter(one)).isSameAs(handed);
  }
}
