package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What users can name is what {@code core/api.txt} says: whoever changes it shows the reviewer.
 * {@code ./build api} writes the file anew.
 */
class ApiTest {

  private static final Path FILE = Path.of(System.getProperty("basedir", "."), "api.txt");

  @Test
  void everyPublicSignatureIsInTheFile() throws IOException, URISyntaxException {
    String api = ApiListing.of(Deferred.class);
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(FILE, api);
    }

    assertThat(api)
        .as("The public signatures are not those of core/api.txt; ./build api writes them there")
        .isEqualTo(Files.readString(FILE));
  }

  @Test
  void signaturesAreCompleteAndReadable() {
    assertThat(ApiListing.ofType(Sample.class))
        .containsExactly(
            "abstract class ApiTest.Sample<T extends @Nullable Object, X extends Exception &"
                + " Comparable<X>> implements Runnable",
            "  protected ApiTest.Sample(int, String...)",
            "  static final int LIMIT",
            "  void inherited()",
            "  final <R> List<? extends @Nullable R> map(List<? super T>, T[][]) throws X");
  }

  @Test
  void whatMayImplementASealedTypeIsASignature() {
    assertThat(ApiListing.ofType(Shape.class))
        .containsExactly(
            "sealed interface ApiTest.Shape permits ApiTest.Shape.Dot",
            "  default boolean isRound()");
    assertThat(ApiListing.ofType(Shape.Dot.class))
        .containsExactly(
            "record ApiTest.Shape.Dot(int x, @Nullable String name) implements ApiTest.Shape",
            "  ApiTest.Shape.Dot(int, @Nullable String)",
            "  @Nullable String name()",
            "  int x()");
  }

  /** Not public itself, but its public methods are, through {@link Sample}. */
  abstract static class Base {
    @SuppressWarnings("UnusedMethod") // found by reflection
    public void inherited() {}
  }

  /** A bit of everything that a signature may hold. */
  public abstract static class Sample<
          T extends @Nullable Object, X extends Exception & Comparable<X>>
      extends Base implements Runnable {
    public static final int LIMIT = 1;

    protected Sample(int size, String... names) {}

    Sample() {}

    public final <R> List<? extends @Nullable R> map(List<? super T> list, T[][] array) throws X {
      return List.of();
    }

    @Override
    public String toString() {
      return "";
    }

    void hidden() {}
  }

  /** Sealed, with a default method. */
  public sealed interface Shape {
    default boolean isRound() {
      return false;
    }

    /** A record. */
    record Dot(int x, @Nullable String name) implements Shape {}
  }
}
