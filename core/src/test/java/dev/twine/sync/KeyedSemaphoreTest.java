package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class KeyedSemaphoreTest {

  private final KeyedSemaphore<String> hosts = new KeyedSemaphore<>(2);
  private final List<Object> steps = new ArrayList<>();

  @Test
  void eachKeyHasSoManyPermits() {
    for (String host : List.of("a", "b")) {
      assertThat(hosts.of(host).acquire().isCalled()).isTrue();
      assertThat(hosts.of(host).acquire().isCalled()).isTrue();
      assertNoResult(hosts.of(host).acquire());
    }

    assertThat(hosts.keys()).containsExactlyInAnyOrder("a", "b");
    assertThat(hosts.of("a").holders()).hasSize(2);
    assertThat(hosts.of("a").waiters()).hasSize(1);
  }

  @Test
  void waitersOfAKeyAreServedInOrderInsideTheCallThatGivesBack() {
    Permit first = successResultOf(hosts.of("a").acquire());
    Permit second = successResultOf(hosts.of("a").acquire());
    hosts.of("a").acquire().onSuccess(permit -> steps.add(1));
    hosts.of("a").acquire().onSuccess(permit -> steps.add(3));

    first.close();
    steps.add(2);
    second.close();
    steps.add(4);

    assertThat(steps).containsExactly(1, 2, 3, 4);
  }

  @Test
  void namesAreShownInTheOrderOfComing() {
    PermitSource a = hosts.of("a");
    Permit first = successResultOf(a.acquire("first"));
    assertThat(a.acquire("second").isCalled()).isTrue();
    assertNoResult(a.acquire("third"));

    assertThat(a.holders()).extracting(Claimant::name).containsExactly("first", "second");
    assertThat(a.waiters()).extracting(Claimant::name).containsExactly("third");
    first.close();
    assertThat(a.holders()).extracting(Claimant::name).containsExactly("second", "third");
  }

  @Test
  void aKeyIsKeptUntilItsLastPermitIsBack() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      permits.add(successResultOf(hosts.of("a").acquire()));
    }
    Deferred<Permit> waiter = hosts.of("a").acquire();

    permits.get(1).close();
    permits.get(0).close();
    assertThat(hosts.keys()).containsExactly("a");
    successResultOf(waiter).close();

    assertThat(hosts.keys()).isEmpty();
  }

  @Test
  void nothingIsKeptAfterCancels() {
    Permit first = successResultOf(hosts.of("a").acquire());
    Permit second = successResultOf(hosts.of("a").acquire());
    List<Deferred<Permit>> waiters = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiters.add(hosts.of("a").acquire());
    }

    first.close();
    waiters.subList(1, 100).forEach(Deferred::cancel);
    second.close();
    successResultOf(waiters.get(0)).close();

    assertThat(hosts.keys()).isEmpty();
    waiters
        .subList(1, 100)
        .forEach(
            each -> assertThat(failureResultOf(each)).isInstanceOf(CancellationException.class));
  }

  @Test
  void afterAKeyWasIdleItHasAllItsPermitsAgain() {
    for (int round = 0; round < 3; round++) {
      Permit first = successResultOf(hosts.of("a").acquire());
      Permit second = successResultOf(hosts.of("a").acquire());
      Deferred<Permit> third = hosts.of("a").acquire();
      assertNoResult(third);
      first.close();
      second.close();
      successResultOf(third).close();
      assertThat(hosts.keys()).isEmpty();
    }
  }

  @Test
  void aPermitThatIsGivenBackTwiceMakesNoNewOne() {
    Permit first = successResultOf(hosts.of("a").acquire());
    assertThat(hosts.of("a").acquire().isCalled()).isTrue();

    first.close();
    first.close();

    assertThat(hosts.of("a").acquire().isCalled()).isTrue();
    assertNoResult(hosts.of("a").acquire());
  }

  @Test
  void fewerThanOnePermitAreRefused() {
    assertThatThrownBy(() -> new KeyedSemaphore<String>(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of permits for a key is 0; it is at least 1");
    assertThatThrownBy(() -> new KeyedSemaphore<String>(-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-3");
  }

  @Test
  void aKeyOfNullIsRefusedAndNamed() {
    assertThatThrownBy(() -> hosts.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("key");
  }

  @Test
  void aHundredThousandWaitersWhoEachGiveBackAtOnceNeedNoStack() {
    int[] served = new int[1];
    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          Permit first = successResultOf(hosts.of("a").acquire());
          Permit second = successResultOf(hosts.of("a").acquire());
          for (int i = 0; i < 100_000; i++) {
            hosts
                .of("a")
                .acquire()
                .onSuccess(
                    permit -> {
                      served[0]++;
                      permit.close();
                    });
          }
          first.close();
          second.close();
        });

    assertThat(served[0]).isEqualTo(100_000);
    assertThat(hosts.keys()).isEmpty();
  }
}
