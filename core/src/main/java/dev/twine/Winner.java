package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * The first success of a {@link Deferred#race(java.util.Collection) race}.
 *
 * @param index the place of the winner in the list that was raced, from 0
 * @param value what it fired with
 * @param <T> the values raced for
 * @since 0.1
 */
public record Winner<T extends @Nullable Object>(int index, T value) {}
