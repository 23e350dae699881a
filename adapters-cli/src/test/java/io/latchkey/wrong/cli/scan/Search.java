package io.latchkey.wrong.cli.scan;

/** Used from below, which is wrong of its user. */
public record Search() {}
