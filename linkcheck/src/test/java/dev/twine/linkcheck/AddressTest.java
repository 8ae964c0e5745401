package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP://Host:80, http://host/",
    "https://host:443/a#b, https://host/a",
    "http://host:443/, http://host:443/",
    "http://host/a/./b/../c, http://host/a/c",
    "http://host/a/.., http://host/",
    "http://me:secret@Host/?Q, http://me:secret@host/?Q",
    "http://[::1]:8080/, http://[::1]:8080/",
  })
  void onePlaceHasOneAddress(String written, String expected) throws Exception {
    assertThat(Address.of(written)).hasToString(expected).isEqualTo(Address.of(expected));
  }

  @Test
  void aFileComesBackAsTheSameFile(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("a ü %41#?.html"));
    Address address = Address.of(file);
    assertThat(address.isFile()).isTrue();
    assertThat(address.toPath()).isEqualTo(file);
    assertThat(Address.of(folder).contains(address)).isTrue();
    assertThat(address.toString()).startsWith("file:/").doesNotStartWith("file://");
  }

  @Test
  void aHostContainsItsPathsOnly() throws Exception {
    Address root = Address.of("http://host/a/b?c").root();
    assertThat(root).hasToString("http://host/");
    assertThat(root.contains(Address.of("http://host/x"))).isTrue();
    assertThat(root.contains(Address.of("https://host/x"))).isFalse();
    assertThat(root.contains(Address.of("http://host:8080/x"))).isFalse();
    assertThat(root.contains(Address.of("http://host.example/x"))).isFalse();
  }

  @Test
  void isShortForANeighbour() throws Exception {
    Address here = Address.of("http://host/a");
    assertThat(Address.of("http://host/b?c").seenFrom(here)).isEqualTo("/b?c");
    assertThat(Address.of("http://other/b").seenFrom(here)).isEqualTo("http://other/b");
  }

  @Test
  void filesAreShownAsPaths() {
    assertThat(Address.of(Path.of("a b.html").toAbsolutePath()).display()).isEqualTo("a b.html");
    assertThat(Address.of(Path.of("/x/y.html")).display()).isEqualTo("/x/y.html");
  }
}
