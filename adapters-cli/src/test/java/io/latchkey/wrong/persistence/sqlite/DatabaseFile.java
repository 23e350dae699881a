package io.latchkey.wrong.persistence.sqlite;

/** Used from below, which is wrong of its user. */
public record DatabaseFile() {}
