package io.latchkey.wrong.persistence;

/** Something that other adapters should not know. */
public record Stored() {}
