package io.latchkey.wrong.application.transfer;

/** Used from below, which is wrong of its user. */
public record Transfer() {}
