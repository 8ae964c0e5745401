package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThingummyTest {

  enum Style {
    INLINE_CALLBACKS {
      @Override
      Deferred<Void> tell(Thingummy thingummy, List<String> told) {
        return thingummy.tellInline(told::add);
      }

      @Override
      Deferred<String> answer(Thingummy thingummy) {
        return thingummy.answerInline();
      }
    },
    DEFERRED_GENERATOR {
      @Override
      Deferred<Void> tell(Thingummy thingummy, List<String> told) {
        return thingummy.tellLegacy(told::add);
      }

      @Override
      Deferred<String> answer(Thingummy thingummy) {
        return thingummy.answerLegacy();
      }
    };

    abstract Deferred<Void> tell(Thingummy thingummy, List<String> told);

    abstract Deferred<String> answer(Thingummy thingummy);
  }

  private final List<String> told = new ArrayList<>();
  private final Deferred<String> request = new Deferred<>();
  private final Thingummy thingummy = new Thingummy(() -> request);

  @ParameterizedTest
  @EnumSource
  void theThingIsToldWhenItIsThereAndTheResultIsNull(Style style) throws Exception {
    Deferred<Void> done = style.tell(thingummy, told);
    assertThat(told).isEmpty();

    request.callback("a thing");

    assertThat(told).containsExactly("a thing");
    assertThat(done.get()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whoLovesTwistedGetsAnAnswer(Style style) throws Exception {
    Deferred<String> answer = style.answer(thingummy);
    assertThat(answer.isCalled()).isFalse();

    request.callback("I love Twisted");

    assertThat(answer.get()).isEqualTo("and Twisted loves you");
  }

  @ParameterizedTest
  @EnumSource
  void anythingElseFailsIt(Style style) {
    Deferred<String> answer = style.answer(thingummy);

    request.callback("something else");

    assertThat(catchThrowable(answer::get))
        .isInstanceOf(Thingummy.UnlovedException.class)
        .hasMessage("not loved: something else");
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatFailsFailsIt(Style style) {
    IOException thrown = new IOException();
    Deferred<String> answer = style.answer(thingummy);

    request.errback(thrown);

    assertThat(catchThrowable(answer::get)).isSameAs(thrown);
  }

  @Test
  void theProgramDoesTheSameInBothStyles() throws Exception {
    try (Child child = Child.start(Thingummy.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines())
          .containsExactly(
              "inlineCallbacks: I love Twisted",
              "inlineCallbacks: and Twisted loves you",
              "deferredGenerator: I love Twisted",
              "deferredGenerator: and Twisted loves you");
      assertThat(end.status()).isZero();
    }
  }
}
