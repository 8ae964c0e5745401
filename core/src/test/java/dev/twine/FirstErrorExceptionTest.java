package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FirstErrorExceptionTest {

  @Test
  void itNamesTheMemberAndItsException() {
    Failure failure = new Failure(new IOException("gone"));
    FirstErrorException first = new FirstErrorException(2, failure);

    assertThat(first.index()).isEqualTo(2);
    assertThat(first.failure()).isSameAs(failure);
    assertThat(first).hasMessage("member 2 failed: java.io.IOException").hasCause(failure.value());
    assertThat(first.getStackTrace()).isEmpty();
  }

  @Test
  void aCopyThatWasSentSomewhereHasAFailureToo() throws Exception {
    IOException gone = new IOException("gone");
    FirstErrorException copy = Copies.sent(new FirstErrorException(2, new Failure(gone)));

    assertThat(copy.index()).isEqualTo(2);
    assertThat(copy.failure().value()).isInstanceOf(IOException.class).hasMessage("gone");
  }
}
