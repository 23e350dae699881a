package io.latchkey.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an issued token; never its secret.
 *
 * @param version changes with every change of anything else
 * @param createdBy the acting token; empty for local, bootstrap and recovery acts (contract A.1, row 11)
 * @param lastChange empty until something was changed after the issue
 */
public record Token(
        TokenVersion version,
        TokenName name,
        TokenDigest digest,
        Description description,
        Expiry expiry,
        Instant createdAt,
        Optional<TokenId> createdBy,
        Optional<LastChange> lastChange) {

    /**
     * The newest change after the issue.
     *
     * @param by the acting token; empty for local, bootstrap and recovery acts
     */
    public record LastChange(Instant at, Optional<TokenId> by) {}

    public TokenId id() {
        return version.id();
    }

    /** Whether this is the one token that never expires and is never edited or deleted. */
    public boolean isOperator() {
        return name.equals(TokenName.OPERATOR);
    }

    public boolean isLiveAt(Instant now) {
        return expiry.isLiveAt(now);
    }

    /** A token that did not exist before. */
    static Token issued(
            TokenId id,
            TokenName name,
            TokenDigest digest,
            Description description,
            Expiry expiry,
            Actor actor,
            Instant now) {
        return new Token(
                new TokenVersion(id, 1), name, digest, description, expiry, now, actor.tokenId(), Optional.empty());
    }

    /** The same token with a new secret and no expiry. */
    Token regenerated(TokenDigest newDigest, Actor actor, Instant now) {
        return changed(name, newDigest, description, Expiry.NEVER, actor, now);
    }

    /** The same token and secret with other properties. */
    Token edited(TokenEdit edit, Actor actor, Instant now) {
        return changed(
                edit.name().orElse(name),
                digest,
                edit.description().orElse(description),
                edit.lifetime().map(lifetime -> lifetime.startingAt(now)).orElse(expiry),
                actor,
                now);
    }

    private Token changed(
            TokenName newName,
            TokenDigest newDigest,
            Description newDescription,
            Expiry newExpiry,
            Actor actor,
            Instant now) {
        return new Token(
                version.next(),
                newName,
                newDigest,
                newDescription,
                newExpiry,
                createdAt,
                createdBy,
                Optional.of(new LastChange(now, actor.tokenId())));
    }
}
