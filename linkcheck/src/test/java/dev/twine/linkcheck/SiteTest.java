package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {

  @TempDir private Path folder;

  @BeforeEach
  void resolveLinks() throws Exception {
    folder = folder.toRealPath();
  }

  @Test
  void anAddressIsTheStartOfItsHost() throws Exception {
    Site site = Site.of("http://Host/docs/index.html#part");
    assertThat(site.root()).isEqualTo(Address.of("http://host/"));
    assertThat(site.starts()).containsExactly(Address.of("http://host/docs/index.html"));
  }

  @Test
  void allPagesOfAFolderAreStartsButHiddenOnes() throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createDirectories(folder.resolve(".git"));
    for (String file :
        new String[] {"z.html", "a/b/c.HTM", "a/d.xhtml", "a/e.txt", ".git/f.html"}) {
      Files.createFile(folder.resolve(file));
    }
    Site site = Site.of(folder.toString());
    assertThat(site.root()).isEqualTo(Address.of(folder));
    assertThat(site.starts())
        .containsExactly(
            Address.of(folder.resolve("a/b/c.HTM")),
            Address.of(folder.resolve("a/d.xhtml")),
            Address.of(folder.resolve("z.html")));
  }

  @Test
  void aSinglePageIsTheStartOfItsFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("a.html"));
    Files.createFile(folder.resolve("b.html"));
    assertThat(Site.of(file.toString()))
        .isEqualTo(new Site(Address.of(folder), java.util.List.of(Address.of(file))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', an empty TARGET",
    "http://, malformed address 'http://': no host",
    "http://[x, malformed address 'http://[x'",
    "http://a b/, malformed address 'http://a b/'",
    "ftp://host/, 'cannot check ''ftp://host/'''",
    "mailto:me@host, 'cannot check ''mailto:me@host'''",
    "name.invalid, there is no folder 'name.invalid'; an address begins with http://",
  })
  void aTargetThatMakesNoSenseIsExplained(String target, String explanation) {
    assertThatThrownBy(() -> Site.of(target))
        .isInstanceOf(BadUsageException.class)
        .hasMessageStartingWith(explanation);
  }

  @Test
  void soIsAFolderWithoutPagesAndAFileThatIsNone() throws Exception {
    assertThatThrownBy(() -> Site.of(folder.toString()))
        .isInstanceOf(BadUsageException.class)
        .hasMessageStartingWith("there are no HTML files in the folder");
    Path text = Files.createFile(folder.resolve("a.txt"));
    assertThatThrownBy(() -> Site.of(text.toString()))
        .isInstanceOf(BadUsageException.class)
        .hasMessageEndingWith("a.txt' is neither a folder nor an HTML file");
    assertThatThrownBy(() -> Site.of("a\0b")).isInstanceOf(BadUsageException.class);
  }
}
