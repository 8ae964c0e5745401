package dev.twine.linkcheck;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.linkcheck.Link.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void linksImagesAndStylesheetsAreFound() throws Exception {
    Page page =
        parse(
            """
            <link rel="alternate StyleSheet" href=s.css><link rel=icon href=no.ico>
            <a href=a.html>a</a> <a name=no>no</a> <map><area href=b.html></map>
            <img src=i.png> <img alt="no"> <script src=no.js></script>
            """);
    assertThat(page.links())
        .extracting(link -> link.kind() + " " + link.address())
        .containsExactly(
            "link http://host/f/a.html",
            "link http://host/f/b.html",
            "image http://host/f/i.png",
            "stylesheet http://host/f/s.css");
  }

  @Test
  void theSameLinkTwiceIsOne() throws Exception {
    assertThat(parse("<a href=x>1</a><a href=x>2</a><a href='x#y'>3</a>").links())
        .extracting(Link::written)
        .containsExactly("x", "x#y");
  }

  @Test
  void whatCannotBeCheckedIsNoLinkAndWhatIsMalformedIsOne() throws Exception {
    assertThat(parse("<a href='mailto:a@b'><a href='JavaScript:f()'><a href='http://[x'>").links())
        .containsExactly(new Link(Kind.LINK, "http://[x", null, ""));
  }

  @Test
  void aPageMayNameAnotherBase() throws Exception {
    assertThat(parse("<base href='/g/'><a href=x>").links())
        .extracting(Link::address)
        .containsExactly(Address.of("http://host/g/x"));
    assertThat(parse("<base href='http://['><a href=x>").links())
        .extracting(Link::address)
        .containsExactly(Address.of("http://host/f/x"));
    assertThat(parse("<base href='file:///etc/'><a href=x>").links())
        .extracting(Link::address)
        .containsExactly(Address.of("http://host/f/x"));
  }

  @Test
  void fragmentsLeadToIdsAndNamesAndTheTop() throws Exception {
    Page page = parse("<h1 id='a b'>x</h1><a name=c>");
    assertThat(page.hasAnchor("a b")).isTrue();
    assertThat(page.hasAnchor("c")).isTrue();
    assertThat(page.hasAnchor("")).isTrue();
    assertThat(page.hasAnchor("top")).isTrue();
    assertThat(page.hasAnchor("/route")).isTrue();
    assertThat(page.hasAnchor(":~:text=x")).isTrue();
    assertThat(page.hasAnchor("d")).isFalse();
  }

  @Test
  void aFragmentIsDecoded() throws Exception {
    assertThat(parse("<a href='x#a%20%C3%BC'><a href='x#50%'>").links())
        .extracting(Link::fragment)
        .containsExactly("a \u00fc", "50%");
  }

  @Test
  void theCharsetOfTheServerIsBelievedFirst() throws Exception {
    byte[] html = "<meta charset=utf-8><a href='\u00fc'>".getBytes(ISO_8859_1);
    Address address = Address.of("http://host/");
    assertThat(Page.parse(address, address, html, "ISO-8859-1").links())
        .extracting(Link::written)
        .containsExactly("\u00fc");
  }

  @Test
  void anyBytesAreSomePage() throws Exception {
    byte[] noise = new byte[100_000];
    new Random(2).nextBytes(noise);
    Address address = Address.of("http://host/");
    assertThat(Page.parse(address, address, noise, null).links()).isEmpty();
    assertThat(Page.parse(address, address, new byte[0], null).links()).isEmpty();
  }

  private static Page parse(String html) throws Exception {
    Address address = Address.of("http://host/f/page.html");
    return Page.parse(address, address.root(), html.getBytes(UTF_8), "UTF-8");
  }
}
