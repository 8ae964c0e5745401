package dev.twine.linkcheck;

import static dev.twine.linkcheck.DemoServer.file;
import static dev.twine.linkcheck.DemoServer.flaky;
import static dev.twine.linkcheck.DemoServer.hangUp;
import static dev.twine.linkcheck.DemoServer.html;
import static dev.twine.linkcheck.DemoServer.never;
import static dev.twine.linkcheck.DemoServer.redirect;
import static dev.twine.linkcheck.DemoServer.slow;
import static dev.twine.linkcheck.DemoServer.stalled;
import static dev.twine.linkcheck.DemoServer.status;

import dev.twine.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A web site to try the link checker on, with all that can be wrong with links, and some of what
 * only looks wrong.
 *
 * <p>There are two servers: the site, and one elsewhere that it links to. Every broken link is
 * planted together with what the checker will have to say about it.
 */
final class DemoSite implements AutoCloseable {

  private final DemoServer site;
  private final DemoServer elsewhere;
  private final Scheduler scheduler;

  /** The bodies of the pages, which grow while links are added to them. */
  private final Map<String, StringBuilder> pages = new LinkedHashMap<>();

  private final List<Planted> planted = new ArrayList<>();

  private DemoSite(DemoServer site, DemoServer elsewhere, Scheduler scheduler) {
    this.site = site;
    this.elsewhere = elsewhere;
    this.scheduler = scheduler;
  }

  /** Builds the site and starts it on ports of the loopback interface that are free. */
  static DemoSite open(Scheduler scheduler) throws IOException {
    DemoSite demo = new DemoSite(DemoServer.start(), DemoServer.start(), scheduler);
    demo.buildSections();
    demo.addOddities();
    demo.plantBrokenLinks();
    demo.publish();
    return demo;
  }

  /** Returns the address of the home page. */
  String address() {
    return site.address() + "/";
  }

  /** Returns what the checker has to find. */
  List<Planted> planted() {
    return List.copyOf(planted);
  }

  @Override
  public void close() {
    site.close();
    elsewhere.close();
  }

  /** Three sections of ordinary pages, each page linked to the next one and to the home page. */
  private void buildSections() {
    page("/");
    section("/guide/", 24);
    section("/news/", 18);
    section("/shop/", 10);
    site.at("/style.css", file("text/css"));
    site.at("/logo.png", file("image/png"));
    link("/", "/guide/1.html", "/news/1.html", "/shop/1.html");
  }

  private void section(String folder, int size) {
    for (int i = 1; i <= size; i++) {
      page(folder + i + ".html");
      link(folder + i + ".html", "../", (i % size + 1) + ".html#content");
      image(folder + i + ".html", "/logo.png");
    }
  }

  /** What works, though a checker might think otherwise. */
  private void addOddities() {
    for (int i = 1; i <= 4; i++) {
      String path = "/slow/" + i + ".html";
      link("/news/" + i + ".html", path);
      site.at(path, slow(Duration.ofMillis(150L * i), scheduler, html("<p>Sorry!")));
    }
    link("/guide/2.html", "/flaky/busy.html", "/flaky/shy.html");
    site.at("/flaky/busy.html", flaky(1, status(503), html("<p>Back again.")));
    site.at("/flaky/shy.html", flaky(1, hangUp(), html("<p>Hello.")));
    link("/guide/3.html", "/old/start.html", "/old/");
    site.at("/old/start.html", redirect("/old/"));
    site.at("/old/", redirect("../guide/1.html"));
    page("/b\u00fccher und mehr.html");
    link("/guide/4.html", "/b\u00fccher und mehr.html", "/b%C3%BCcher%20und%20mehr.html#content");
    link("/guide/5.html", "mailto:me@example.com", "javascript:void(0)", "tel:+1", "#top", "");
    link("/guide/6.html", "//" + elsewhere.address().substring("http://".length()) + "/fine.html");
    elsewhere.at("/fine.html", html("<a href='broken.html'>none of our business</a>"));
  }

  private void plantBrokenLinks() {
    plantLink("/guide/7.html", "99.html", "404 Not Found");
    plantLink("/guide/20.html", "99.html", "404 Not Found");
    plantImage("/guide/8.html", "/lost.png", "404 Not Found");
    plantStylesheet("/guide/9.html", "/gone.css", "410 Gone");
    site.at("/gone.css", status(410));
    plantLink("/guide/10.html", "1.html#appendix", "no anchor 'appendix'");
    plantLink("/guide/11.html", "http://[half/an/address", "malformed address");

    plantLink("/news/5.html", "/down.html", "503 Service Unavailable");
    site.at("/down.html", status(503));
    plantLink("/news/6.html", "/loop/a", "redirect loop: /loop/a -> /loop/b -> /loop/a");
    site.at("/loop/a", redirect("/loop/b")).at("/loop/b", redirect("/loop/a"));
    plantLink("/news/7.html", "/loop/self", "redirect loop: /loop/self -> /loop/self");
    site.at("/loop/self", redirect("self"));
    plantLink("/news/8.html", "/maze/0", "more than 10 redirects");
    for (int i = 0; i <= Crawl.MOST_REDIRECTS; i++) {
      site.at("/maze/" + i, redirect("/maze/" + (i + 1)));
    }
    plantLink("/news/9.html", "/old/lost.html", "404 Not Found (redirected to /lost.html)");
    site.at("/old/lost.html", redirect("/lost.html"));

    plantLink("/shop/2.html", "/never.html", "no answer within");
    site.at("/never.html", never());
    plantImage("/shop/3.html", "/never.png", "no answer within");
    site.at("/never.png", never());
    plantLink("/shop/4.html", "/stalled.html", "no answer within");
    site.at("/stalled.html", stalled());
    plantLink("/shop/5.html", elsewhere.address() + "/lost.html", "404 Not Found");
    // Ports below 1024 are for the system's own services, and number 1 hasn't had one for decades.
    plantLink("/shop/6.html", "http://127.0.0.1:1/", "cannot connect");
  }

  private void page(String path) {
    pages.put(path, new StringBuilder("<h1 id='content'>" + path + "</h1>\n"));
  }

  private void link(String page, String... addresses) {
    for (String address : addresses) {
      add(page, "<p><a href='" + address + "'>a link</a>");
    }
  }

  private void image(String page, String address) {
    add(page, "<p><img alt='an image' src='" + address + "'>");
  }

  private void plantLink(String page, String address, String problem) {
    link(page, address);
    plant(page, address, problem);
  }

  private void plantImage(String page, String address, String problem) {
    image(page, address);
    plant(page, address, problem);
  }

  private void plantStylesheet(String page, String address, String problem) {
    add(page, "<link rel='stylesheet' href='" + address + "'>");
    plant(page, address, problem);
  }

  private void plant(String page, String address, String problem) {
    planted.add(new Planted(site.address() + page, address, problem));
  }

  private void add(String page, String html) {
    StringBuilder body = pages.get(page);
    if (body == null) {
      throw new IllegalArgumentException("no page " + page);
    }
    body.append(html).append('\n');
  }

  private void publish() {
    pages.forEach(
        (path, body) ->
            site.at(
                path,
                html(
                    "<!DOCTYPE html><title>Demo</title><link rel='stylesheet' href='/style.css'>\n"
                        + body)));
  }
}
