package io.latchkey.wrong.http.api;

/** Breaks the rule that a package that nothing uses shows no type. */
public record ShowsItself() {}
