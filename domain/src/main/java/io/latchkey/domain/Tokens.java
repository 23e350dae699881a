package io.latchkey.domain;

import java.util.Optional;

/** Read access to all tokens, expired ones included, in one transaction. */
public interface Tokens {
    /** Whether there are no tokens. */
    boolean isEmpty();

    /** The identity of the next token to be issued, never used before. */
    TokenId nextId();

    /** The token with a name. */
    Optional<Token> find(TokenName name);

    /** The token with this digest among its current or former secrets, as far as {@link SecretDigests} keeps them. */
    Optional<Token> find(TokenDigest digest);
}
