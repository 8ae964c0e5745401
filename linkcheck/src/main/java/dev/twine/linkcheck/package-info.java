/**
 * A link checker, and an example of what a program written with Deferreds looks like.
 *
 * <p>Read it in this order: {@link dev.twine.linkcheck.Main} waits for the one Deferred that
 * carries the exit status, {@link dev.twine.linkcheck.CheckCommand} says what the program does,
 * {@link dev.twine.linkcheck.Crawl} visits the addresses that {@link dev.twine.linkcheck.Frontier}
 * hands out, {@link dev.twine.linkcheck.WebFetcher} gets one of them, and {@link
 * dev.twine.linkcheck.Report} says what was found.
 */
@NullMarked
package dev.twine.linkcheck;

import org.jspecify.annotations.NullMarked;
