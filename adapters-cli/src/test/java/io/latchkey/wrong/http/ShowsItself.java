package io.latchkey.wrong.http;

/** Breaks the rule that nobody else can use what is in an adapter. */
public record ShowsItself() {}
