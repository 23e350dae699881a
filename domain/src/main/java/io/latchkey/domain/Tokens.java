package io.latchkey.domain;

import java.util.Optional;

/** The tokens that exist at one moment, expired ones included, as far as a rule may ask. */
public interface Tokens {
    /** Whether there is none at all. */
    boolean isEmpty();

    /** The identity of the next token to be issued, never used before. */
    TokenId nextId();

    /** The token with a name. */
    Optional<Token> find(TokenName name);

    /** The token whose secret has a digest, or had before, as far as {@link SecretDigests} remembers. */
    Optional<Token> find(TokenDigest digest);
}
