package dev.twine;

/** Whatever can stand in the state word of a {@link Chain} without being an idle result. */
abstract class Mark {}
