package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "c.html, http://host/a/c.html",
    "./c.html, http://host/a/c.html",
    "../c.html, http://host/c.html",
    "../../../c.html, http://host/c.html",
    "., http://host/a/",
    ".., http://host/",
    "'', http://host/a/b.html?q",
    "#part, http://host/a/b.html?q",
    "?p=2, http://host/a/b.html?p=2",
    "/c.html, http://host/c.html",
    "//other/c.html, http://other/c.html",
    "https://other, https://other/",
    "' c.html ', http://host/a/c.html",
    "c//d.html, http://host/a/c//d.html",
  })
  void leadsWhereABrowserWouldGo(String written, String expected) throws Exception {
    assertThat(resolve(written)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a b.html, http://host/a/a%20b.html",
    "ü.html, http://host/a/%C3%BC.html",
    "%fc.html, http://host/a/%fc.html",
    "100%.html, http://host/a/100%25.html",
    "?x=[1]|{2}, http://host/a/b.html?x=%5B1%5D%7C%7B2%7D",
    "http://bücher.example/, http://xn--bcher-kva.example/",
  })
  void escapesWhatPeopleDoNot(String written, String expected) throws Exception {
    assertThat(resolve(written)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http:///path",
        "http:host",
        "http://[half",
        "http://a b/",
        "http://a:port/",
        "https://?",
        "http://a..b..%/"
      })
  void noBrowserCouldFollowTheseEither(String written) {
    assertThatThrownBy(() -> resolve(written)).isInstanceOf(URISyntaxException.class);
  }

  @Test
  void anAddressOnTheCommandLineMustBeComplete() {
    assertThatThrownBy(() -> Address.of("a/b.html")).isInstanceOf(URISyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:a@b", "javascript:void(0)", "data:image/png;base64,AA", "tel:+1"})
  void whatIsNotOfTheWebIsLeftAlone(String written) throws Exception {
    assertThat(Reference.parse(written).isCheckableOn(page())).isFalse();
  }

  @Test
  void filesAreForPagesOnTheSameDiskOnly() throws Exception {
    Reference file = Reference.parse("file:///etc/hosts");
    assertThat(file.isCheckableOn(page())).isFalse();
    assertThat(file.isCheckableOn(Address.of("file:/site/index.html"))).isTrue();
  }

  @Test
  void inAFolderASlashMeansTheFolderAndNoSchemeMeansTheWeb() throws Exception {
    Address root = Address.of("file:/my/site/");
    Address page = Address.of("file:/my/site/guide/1.html");
    assertThat(Reference.parse("/logo.png").on(page, root).toUri())
        .hasToString("file:/my/site/logo.png");
    assertThat(Reference.parse("2.html?x").on(page, root).toUri())
        .hasToString("file:/my/site/guide/2.html");
    assertThat(Reference.parse("//host/x").on(page, root).toUri()).hasToString("https://host/x");
    assertThat(Reference.parse("file:x").on(page, root).toUri()).hasToString("file:/x");
    assertThat(Reference.parse("file://host//x?y").on(page, root).toUri()).hasToString("file:/x");
    assertThat(Reference.parse("/x").on(Address.of("http://host/y"), root).toUri())
        .hasToString("http://host/x");
  }

  /** Whatever stands in a page, it leads somewhere or it is malformed; nothing else can happen. */
  @Test
  void anyTextIsAnAddressOrMalformed() throws Exception {
    String characters = "ab.:/?#[]@%2F\\ \t\u0000\u00fc\u2028\ud83d\ud800-_~!";
    List<String> beginnings = List.of("", "http://", "file:");
    Random random = new Random(1);
    int wellFormed = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder written = new StringBuilder(beginnings.get(i % 3));
      for (int length = random.nextInt(12); length > 0; length--) {
        written.append(characters.charAt(random.nextInt(characters.length())));
      }
      Link link = Link.on(page(), page().root(), Link.Kind.LINK, written.toString());
      wellFormed += link.address() == null ? 0 : 1;
    }
    assertThat(wellFormed).isBetween(1_000, 4_500);
  }

  private static Address resolve(String written) throws URISyntaxException {
    return Address.of(Reference.parse(written).on(page(), page().root()).toUri());
  }

  private static Address page() throws URISyntaxException {
    return Address.of("http://host/a/b.html?q");
  }
}
