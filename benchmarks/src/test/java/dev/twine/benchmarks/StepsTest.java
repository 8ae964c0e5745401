package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepsTest {

  static Stream<List<?>> callbacks() {
    return Stream.<Object[]>of(
            Steps.Twine.VALUES,
            Steps.Twine.FLAT,
            Steps.Functions.VALUES,
            Steps.Completable.FLAT,
            Steps.Trane.FLAT,
            Steps.Rx.VALUES,
            Steps.Rx.FLAT,
            Steps.Stumbleupon.VALUES,
            Steps.Stumbleupon.FLAT,
            Steps.Floors.FLAT)
        .map(Arrays::asList);
  }

  @ParameterizedTest
  @MethodSource("callbacks")
  void tenCallbacksAreTenClasses(List<?> callbacks) {
    assertThat(callbacks.subList(callbacks.size() - 10, callbacks.size()))
        .extracting(Object::getClass)
        .hasSize(10)
        .doesNotHaveDuplicates();
  }
}
