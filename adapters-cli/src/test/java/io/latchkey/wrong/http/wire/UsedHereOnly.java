package io.latchkey.wrong.http.wire;

/** Breaks the rule that what is public is used from another package. */
public record UsedHereOnly() {}
