package io.latchkey.domain;

/** Which names and secrets are taken, reserved or free: each check returns normally or throws the refusal. */
final class Uniqueness {
    private Uniqueness() {}

    static void checkNotReserved(TokenName name) {
        if (name.equals(TokenName.OPERATOR)) {
            throw new TokenFailure.Invalid("name", "token name must not begin with '_', which is reserved");
        }
    }

    static void checkUnused(Tokens tokens, TokenName name) {
        if (tokens.find(name).isPresent()) {
            throw new TokenFailure.NameTaken(name);
        }
    }

    static void checkUnused(Tokens tokens, TokenDigest digest) {
        if (tokens.find(digest).isPresent()) {
            throw new TokenFailure.SecretTaken();
        }
    }

    static Token existing(Tokens tokens, TokenName name) {
        return tokens.find(name).orElseThrow(() -> new TokenFailure.NotFound(name.value()));
    }
}
