package io.latchkey.wrong.http.server;

/** Used from below, which is wrong of its user. */
public record Server() {}
