package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFetcherTest {

  @TempDir private Path folder;

  @BeforeEach
  void resolveLinks() throws Exception {
    folder = folder.toRealPath();
  }

  @Test
  void aPageOfTheSiteIsRead() throws Exception {
    Files.writeString(folder.resolve("a.html"), "<a href='/b.html'>");
    Answer answer = visit(folder.resolve("a.html"));
    assertThat(answer).isInstanceOf(Page.class);
    assertThat(((Page) answer).links())
        .extracting(Link::address)
        .containsExactly(Address.of(folder.resolve("b.html")));
  }

  @Test
  void aPageElsewhereIsOnlyThere() throws Exception {
    Path page = Files.createFile(folder.resolve("a.html"));
    assertThat(new FileFetcher().fetch(Address.of(page), null).get())
        .isEqualTo(new Answer.Present());
  }

  @Test
  void aFileThatIsNoPageIsOnlyThere() throws Exception {
    assertThat(visit(Files.createFile(folder.resolve("a.png")))).isEqualTo(new Answer.Present());
  }

  @Test
  void aFolderIsItsIndex() throws Exception {
    assertThat(visit(folder)).isEqualTo(broken("folder without an index.html"));
    Path index = Files.createFile(folder.resolve("index.html"));
    assertThat(visit(folder)).isEqualTo(new Answer.Moved(Address.of(index)));
  }

  @Test
  void whatCannotBeReadIsBroken() throws Exception {
    assertThat(visit(folder.resolve("nothing.html"))).isEqualTo(broken("no such file"));
    Path loop = folder.resolve("loop.html");
    Files.createSymbolicLink(loop, loop);
    assertThat(visit(loop))
        .isInstanceOfSatisfying(
            Answer.Broken.class,
            answer -> assertThat(answer.problem()).startsWith("cannot be read: "));
  }

  private Answer visit(Path file) throws Exception {
    return new FileFetcher()
        .fetch(Address.of(file), Address.of(folder))
        .get(Duration.ofSeconds(10));
  }

  private static Answer broken(String problem) {
    return Answer.Broken.forGood(problem);
  }
}
