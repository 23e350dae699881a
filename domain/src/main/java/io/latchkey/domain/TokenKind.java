package io.latchkey.domain;

/** The kind of a token; the names are part of every API. */
public enum TokenKind {
    /** The one operator token. */
    OPERATOR,
    /** A named admin token: may do everything but what is the operator's alone. */
    ADMIN,
    /** A resource token: may do what its permissions allow. */
    RESOURCE;

    private final String word = Words.of(this);

    /** The name, such as {@code resource}. */
    public String word() {
        return word;
    }
}
