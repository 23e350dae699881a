package io.latchkey.wrong.domain;

/** Breaks the rule that all kinds of a thing are known. */
class CanBeExtended {}
