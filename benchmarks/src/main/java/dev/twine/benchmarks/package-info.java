/**
 * What a Deferred costs, beside its peers and a hand-written floor.
 *
 * <p>{@link dev.twine.benchmarks.BenchmarkCommand} is the program behind {@code benchmarks/run}.
 * Each row of its table is a class, a {@link dev.twine.benchmarks.Row}, with one benchmark for each
 * {@link dev.twine.benchmarks.Subject}; {@link dev.twine.benchmarks.Plan} lists the rows and what
 * is to be reached.
 */
@NullMarked
package dev.twine.benchmarks;

import org.jspecify.annotations.NullMarked;
