package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineTest {

  private static final class Person extends Line.Member<Person> {
    final int number;

    Person(int number) {
      this.number = number;
    }
  }

  private final Line<Person> line = new Line<>();
  private final Person[] people = new Person[5];

  private void addAll() {
    Arrays.setAll(people, Person::new);
    for (Person person : people) {
      line.add(person);
    }
  }

  private List<Integer> numbers() {
    return line.each(person -> person.number);
  }

  @Test
  void aNewLineIsEmpty() {
    assertThat(line.isEmpty()).isTrue();
    assertThat(line.size()).isZero();
    assertThat(line.first()).isNull();
    assertThat(line.poll()).isNull();
    assertThat(numbers()).isEmpty();
  }

  @Test
  void whoComesFirstStandsInFront() {
    addAll();

    assertThat(numbers()).containsExactly(0, 1, 2, 3, 4);
    assertThat(line.first()).isSameAs(people[0]);
    assertThat(line.size()).isEqualTo(5);
    assertThat(line.isEmpty()).isFalse();
  }

  @Test
  void pollTakesTheFirstOneOut() {
    addAll();

    for (Person person : people) {
      assertThat(line.poll()).isSameAs(person);
    }

    assertThat(line.isEmpty()).isTrue();
    assertThat(line.poll()).isNull();
  }

  @Test
  void anybodyCanLeave() {
    addAll();

    assertThat(line.remove(people[2])).isTrue();
    assertThat(numbers()).containsExactly(0, 1, 3, 4);
    assertThat(line.remove(people[0])).isTrue();
    assertThat(numbers()).containsExactly(1, 3, 4);
    assertThat(line.remove(people[4])).isTrue();
    assertThat(numbers()).containsExactly(1, 3);
    assertThat(line.first()).isSameAs(people[1]);
    assertThat(line.size()).isEqualTo(2);
  }

  @Test
  void whoDoesNotStandInItCanNotLeave() {
    addAll();
    Person stranger = new Person(9);

    assertThat(line.remove(stranger)).isFalse();
    assertThat(line.remove(people[3])).isTrue();
    assertThat(line.remove(people[3])).isFalse();
    assertThat(line.poll()).isSameAs(people[0]);
    assertThat(line.remove(people[0])).isFalse();

    assertThat(line.size()).isEqualTo(3);
  }

  @Test
  void theOnlyOneCanLeaveAndComeAgain() {
    Person only = new Person(1);
    line.add(only);

    assertThat(line.remove(only)).isTrue();
    assertThat(line.isEmpty()).isTrue();
    line.add(only);

    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void itIsAsAListAfterAnyNumberOfSteps() {
    Random random = new Random(42);
    List<Person> expected = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      if (random.nextInt(5) < 3) {
        Person person = new Person(i);
        line.add(person);
        expected.add(person);
      } else if (!expected.isEmpty()) {
        Person left = expected.remove(random.nextInt(Math.min(20, expected.size())));
        assertThat(line.remove(left)).isTrue();
      }
    }

    assertThat(line.each(person -> person)).isEqualTo(expected);
    assertThat(line.size()).isEqualTo(expected.size());
  }
}
