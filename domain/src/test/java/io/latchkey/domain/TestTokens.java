package io.latchkey.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens for tests, and an instance that holds some. */
record TestTokens(List<Token> all) implements Tokens {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Actor OWNER = new Actor.FileOwner();

    static TestTokens of(Token... tokens) {
        return new TestTokens(List.of(tokens));
    }

    /** A token whose secret is its name. */
    static Token issued(long id, String name, Attributes attributes) {
        return issued(id, name, attributes, Expiry.NEVER);
    }

    static Token issued(long id, String name, Attributes attributes, Expiry expiry) {
        return Token.issued(
                new TokenId(id),
                new TokenName(name),
                digest(name),
                Description.NONE,
                expiry,
                attributes,
                OWNER,
                NOW.minusSeconds(60));
    }

    /** A resource token. */
    static Token allowing(long id, String name, String... permissions) {
        return issued(id, name, Attributes.ADMIN.with(Permissions.parse(List.of(permissions))));
    }

    static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }

    @Override
    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public TokenId nextId() {
        return new TokenId(100);
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return all.stream().filter(token -> token.name().equals(name)).findFirst();
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return all.stream()
                .filter(token -> token.secrets().digests().anyMatch(digest::equals))
                .findFirst();
    }
}
