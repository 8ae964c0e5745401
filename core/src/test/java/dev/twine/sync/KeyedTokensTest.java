package dev.twine.sync;

import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when a key comes to rest while somebody wants it. */
class KeyedTokensTest {

  private final KeyedTokens<Integer> tokens = new KeyedTokens<>(1);
  private final AtomicInteger holders = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  @Test
  void whoOverlapsWithTheLastOneGoneGetsNewTokens() {
    Permit old = successResultOf(tokens.of(1).acquire());
    PermitSource kept = tokens.of(1);

    old.close();
    Permit young = successResultOf(kept.acquire());
    old.close();

    assertThat(tokens.keys()).containsExactly(1);
    assertThat(kept.holders()).hasSize(1);
    young.close();
    assertThat(tokens.keys()).isEmpty();
  }

  private void hold(Permit permit) {
    assertThat(holders.incrementAndGet()).as("holders of one key at a time").isEqualTo(1);
    served.incrementAndGet();
    holders.decrementAndGet();
    permit.close();
  }

  /** One gives the lock back, and so retires it, while the other one takes it. */
  @Test
  @Tag("race")
  void retireAgainstAcquire() {
    TwoSides.race(
        () ->
            new TwoSides.Round() {
              final Permit held = successResultOf(tokens.of(1).acquire());
              final List<Deferred<?>> other = new ArrayList<>();

              @Override
              public void left() {
                held.close();
                tokens.of(1).acquire().onSuccess(KeyedTokensTest.this::hold);
              }

              @Override
              public void right() {
                for (int i = 0; i < 3; i++) {
                  other.add(tokens.of(1).acquire().onSuccess(KeyedTokensTest.this::hold));
                }
              }

              @Override
              public void check() {
                other.forEach(each -> assertThat(each.isCalled()).isTrue());
                assertThat(holders).hasValue(0);
                assertThat(tokens.keys()).isEmpty();
              }
            });

    assertThat(served).hasValue(4 * TwoSides.ROUNDS);
  }

  /** A permit that is closed for the second time comes between the last one's end and retiring. */
  @Test
  @Tag("race")
  void aSecondCloseAgainstRetire() {
    KeyedTokens<Integer> two = new KeyedTokens<>(2);
    TwoSides.race(
        () ->
            new TwoSides.Round() {
              final Permit held = successResultOf(two.of(1).acquire());
              final Permit closed = successResultOf(two.of(1).acquire());

              {
                closed.close();
                held.close();
              }

              final Permit last = successResultOf(two.of(1).acquire());

              @Override
              public void left() {
                last.close();
              }

              @Override
              public void right() {
                for (int i = 0; i < 5; i++) {
                  closed.close();
                }
              }

              @Override
              public void check() {
                assertThat(two.keys()).isEmpty();
              }
            });
  }

  /** A waiter is cancelled while the lock is given back, perhaps to him. */
  @Test
  @Tag("race")
  void cancelAgainstRetire() {
    TwoSides.race(
        () ->
            new TwoSides.Round() {
              final Permit held = successResultOf(tokens.of(1).acquire());
              final AtomicInteger ends = new AtomicInteger();
              final Deferred<Permit> waiter = tokens.of(1).acquire();
              final Deferred<?> end =
                  waiter
                      .onSuccess(
                          permit -> {
                            ends.incrementAndGet();
                            hold(permit);
                          })
                      .consumeErrors(CancellationException.class, e -> ends.incrementAndGet());

              @Override
              public void left() {
                held.close();
              }

              @Override
              public void right() {
                waiter.cancel();
              }

              @Override
              public void check() {
                assertThat(end.isCalled()).isTrue();
                assertThat(ends).hasValue(1);
                assertThat(holders).hasValue(0);
                assertThat(tokens.keys()).isEmpty();
              }
            });
  }

  /** Two threads take the locks of a few keys: never two hold one key, and nothing is left. */
  @Test
  @Tag("race")
  void manyKeysLeaveNothing() {
    AtomicInteger[] holding = new AtomicInteger[4];
    for (int key = 0; key < holding.length; key++) {
      holding[key] = new AtomicInteger();
    }
    TwoSides.race(
        () ->
            new TwoSides.Round() {

              private void all() {
                for (int key = 0; key < holding.length; key++) {
                  AtomicInteger mine = holding[key];
                  tokens
                      .of(key)
                      .acquire()
                      .onSuccess(
                          permit -> {
                            assertThat(mine.incrementAndGet()).isEqualTo(1);
                            mine.decrementAndGet();
                            served.incrementAndGet();
                            permit.close();
                          });
                }
              }

              @Override
              public void left() {
                all();
              }

              @Override
              public void right() {
                all();
              }

              @Override
              public void check() {
                assertThat(tokens.keys()).isEmpty();
              }
            });

    assertThat(served).hasValue(8 * TwoSides.ROUNDS);
  }
}
