package io.latchkey.domain;

/** The actions on tokens that permissions of the type {@code tokens} allow. */
public enum TokenPermission {
    READ,
    CREATE,
    UPDATE,
    ROTATE,
    /** Covers enabling, too. */
    DISABLE,
    DELETE;

    private final String word = Words.of(this);

    /** The name of the action, such as {@code read}. */
    public String word() {
        return word;
    }

    /** What an act on tokens of any name requires, as text. */
    public String onSome() {
        return "tokens:*:" + word;
    }

    /** What an act on the token of a name requires. */
    public RequiredPermission on(TokenName name) {
        return RequiredPermission.of("tokens", name.value(), word);
    }

    /** Whether rights allow the act on a token; for a resource token, admin tokens do not exist. */
    public boolean isAllowed(Rights rights, Token token) {
        return switch (rights) {
            case Rights.All() -> true;
            case Permissions permissions -> token.kind() == TokenKind.RESOURCE && permissions.allow(on(token.name()));
        };
    }
}
