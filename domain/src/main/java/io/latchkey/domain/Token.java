package io.latchkey.domain;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An issued token, with the digests of its secrets.
 *
 * @param version incremented with every requested change
 * @param createdBy the acting token; empty for local, bootstrap and recovery acts (contract A.1, row 11)
 * @param lastChange empty until the first change after the issue
 * @param disablement present while it is disabled
 * @param attributes what most tokens leave at its default: rights, origins, start, owner, labels and routes
 */
public record Token(
        TokenVersion version,
        TokenName name,
        SecretDigests secrets,
        Description description,
        Expiry expiry,
        Instant createdAt,
        Optional<TokenId> createdBy,
        Optional<LastChange> lastChange,
        Optional<Disablement> disablement,
        Attributes attributes) {
    /** Checks the invariants of a token, wherever it comes from. */
    public Token {
        createdAt = Timestamps.checked("created_at", createdAt);
        if (version.number() == 0 || (version.number() == 1) != lastChange.isEmpty()) {
            throw new TokenFailure.Invalid(
                    "version", "version must be 1 for a token that was never changed, and higher for every other");
        }
        if (name.equals(TokenName.OPERATOR) && !expiry.equals(Expiry.NEVER)) {
            throw new TokenFailure.Invalid("expiry", "the operator token never expires");
        }
        if (name.equals(TokenName.OPERATOR) && disablement.isPresent()) {
            throw new TokenFailure.Invalid("disabled_at", "the operator token is never disabled");
        }
        if (name.equals(TokenName.OPERATOR) && !attributes.equals(Attributes.ADMIN)) {
            throw new TokenFailure.Invalid(
                    "permissions", "the operator token has all rights, and no origins, start, owner, labels or routes");
        }
        if (attributes
                .notBefore()
                .at()
                .filter(at -> at.toEpochMilli() >= expiry.endMillis())
                .isPresent()) {
            throw new TokenFailure.Invalid(
                    "not_before",
                    "the token must be valid before it expires: not_before must be" + " earlier than expiry");
        }
    }

    /** An admin token that is accepted from everywhere and at once. */
    public Token(
            TokenVersion version,
            TokenName name,
            SecretDigests secrets,
            Description description,
            Expiry expiry,
            Instant createdAt,
            Optional<TokenId> createdBy,
            Optional<LastChange> lastChange,
            Optional<Disablement> disablement) {
        this(
                version,
                name,
                secrets,
                description,
                expiry,
                createdAt,
                createdBy,
                lastChange,
                disablement,
                Attributes.ADMIN);
    }

    /**
     * The newest change after the issue.
     *
     * @param by the acting token; empty for local, bootstrap and recovery acts
     */
    public record LastChange(Instant at, Optional<TokenId> by) {
        public LastChange {
            at = Timestamps.checked("updated_at", at);
        }
    }

    public TokenId id() {
        return version.id();
    }

    /** The digest of the current secret. */
    public TokenDigest digest() {
        return secrets.digest();
    }

    /** Whether this is the one token that never expires and is never edited, disabled or deleted. */
    public boolean isOperator() {
        return name.equals(TokenName.OPERATOR);
    }

    /** Its kind. */
    public TokenKind kind() {
        if (isOperator()) {
            return TokenKind.OPERATOR;
        }
        return switch (attributes.rights()) {
            case Rights.All() -> TokenKind.ADMIN;
            case Permissions _ -> TokenKind.RESOURCE;
        };
    }

    /** What it may do. */
    public Rights rights() {
        return attributes.rights();
    }

    /** Whether another token can do nothing that this one cannot. */
    boolean contains(Token other) {
        return missingFor(other).isEmpty();
    }

    /** What another token can do and this one cannot, for people; empty if there is nothing. */
    Optional<String> missingFor(Token other) {
        if (other.expiry.endMillis() > expiry.endMillis()) {
            return expiry.end().map(end -> "not an expiry after " + end);
        }
        return attributes.missingFor(other.attributes, other.createdAt);
    }

    /** Whether everything that an earlier version of this token allows at a time is allowed by this one. */
    boolean allowsAllOf(Token earlier, Instant now) {
        return contains(earlier)
                && (attributes.routes().isEmpty() || attributes.routes().equals(earlier.attributes.routes()))
                && (disablement.isEmpty() || earlier.disablement.isPresent())
                && secrets.accepted(now)
                        .collect(Collectors.toSet())
                        .containsAll(earlier.secrets.accepted(now).toList());
    }

    /** Its state at a time. */
    public TokenState stateAt(Instant now) {
        return TokenState.of(expiry, attributes.notBefore(), disablement, now);
    }

    /** Whether the secret with this digest is accepted by Latchkey itself, from an address that the token allows. */
    public boolean accepts(TokenDigest presented, Instant now) {
        return stateAt(now) == TokenState.ACTIVE && attributes.routes().isEmpty() && secrets.accept(presented, now);
    }

    /**
     * Whether the secret with this digest is accepted from an address for a request.
     *
     * @param nowMillis epoch milliseconds; primitive, because this is on the hot path of tokens with such limits
     * @param from the unspecified address if the address is unknown
     * @param request asked for only if it matters; empty if it is unknown
     */
    public boolean acceptsFrom(
            TokenDigest presented, long nowMillis, InetAddress from, Supplier<Optional<RequestRoute>> request) {
        return nowMillis < expiry.endMillis()
                && disablement.isEmpty()
                && attributes.allow(nowMillis, from, request)
                && (secrets.digest().equals(presented) || secrets.accept(presented, Instant.ofEpochMilli(nowMillis)));
    }

    /**
     * Why one of its secrets is refused, if it is.
     *
     * @param nowMillis epoch milliseconds; primitive, because this is on the hot path
     * @param from where it was presented
     */
    public Verdict.Refused refusal(TokenDigest presented, long nowMillis, InetAddress from) {
        boolean retired = secrets.former(presented)
                .filter(one -> one.until()
                        .filter(until -> nowMillis < until.toEpochMilli())
                        .isEmpty())
                .isPresent();
        if (retired) {
            return Verdict.Refused.RETIRED;
        }
        if (nowMillis >= expiry.endMillis()) {
            return Verdict.Refused.EXPIRED;
        }
        if (disablement.isPresent()) {
            return Verdict.Refused.DISABLED;
        }
        if (!attributes.notBefore().allows(nowMillis)) {
            return Verdict.Refused.NOT_YET;
        }
        return attributes.from().allow(from) ? Verdict.Refused.ROUTE : Verdict.Refused.ORIGIN;
    }

    /** The same token as somebody sees it who must not learn digests, nor the ids of the tokens that created and changed it. */
    public Token withoutDigests() {
        return new Token(
                version,
                name,
                secrets.hidden(),
                description,
                expiry,
                createdAt,
                Optional.empty(),
                lastChange.map(change -> new LastChange(change.at(), change.by().filter(id()::equals))),
                disablement,
                attributes);
    }

    /** The same token as its holder sees it. */
    public Token asItsHolderSees() {
        return kind() == TokenKind.RESOURCE ? withoutDigests() : this;
    }

    /** Until when the previous secret is accepted, if it is. */
    public Optional<Instant> previousSecretUntil(Instant now) {
        return secrets.predecessor(now).flatMap(FormerSecret::until);
    }

    /** The previous secret, which is still accepted; {@link TokenFailure.NoRotation} if there is none. */
    FormerSecret predecessor(Instant now) {
        return secrets.predecessor(now).orElseThrow(() -> new TokenFailure.NoRotation(name));
    }

    /** A new token. */
    static Token issued(
            TokenId id,
            TokenName name,
            TokenDigest digest,
            Description description,
            Expiry expiry,
            Attributes attributes,
            Actor actor,
            Instant now) {
        return new Token(
                new TokenVersion(id, 1),
                name,
                SecretDigests.first(digest),
                description,
                expiry,
                now,
                actor.tokenId(),
                Optional.empty(),
                Optional.empty(),
                attributes);
    }

    /** The same token with a new secret and no expiry. */
    Token regenerated(TokenDigest fresh, Actor actor, Instant now) {
        SecretDigests replaced = secrets.replacedBy(fresh, Optional.empty(), Optional.empty());
        return changed(name, replaced, description, Expiry.NEVER, disablement, attributes, actor, now);
    }

    /** The same token with a new secret, and the old one for a grace period. */
    Token rotated(TokenDigest fresh, GracePeriod grace, Optional<IdempotencyKey> key, Actor actor, Instant now) {
        SecretDigests replaced = secrets.replacedBy(
                fresh,
                grace.startingAt(now, expiry),
                key.map(some -> new SecretDigests.KeyedRotation(some.sha256(), now)));
        return withSecrets(replaced, actor, now);
    }

    Token withSecrets(SecretDigests changed, Actor actor, Instant now) {
        return changed(name, changed, description, expiry, disablement, attributes, actor, now);
    }

    /** The same token and secret with other properties. */
    Token edited(TokenEdit edit, Actor actor, Instant now) {
        Expiry newExpiry =
                edit.lifetime().map(lifetime -> lifetime.startingAt(now)).orElse(expiry);
        return changed(
                edit.name().orElse(name),
                secrets.endingWith(newExpiry),
                edit.description().orElse(description),
                newExpiry,
                disablement,
                edit.attributes().appliedTo(attributes),
                actor,
                now);
    }

    Token disabled(Reason reason, Actor actor, Instant now) {
        Disablement resting =
                new Disablement(disablement.map(Disablement::since).orElse(now), reason);
        return changed(name, secrets, description, expiry, Optional.of(resting), attributes, actor, now);
    }

    Token enabled(Actor actor, Instant now) {
        return changed(name, secrets, description, expiry, Optional.empty(), attributes, actor, now);
    }

    /** The same token; its properties are unchanged. */
    Token withReuseRecorded(FormerSecret used, Instant now) {
        return new Token(
                version,
                name,
                secrets.withReuseRecorded(used, now),
                description,
                expiry,
                createdAt,
                createdBy,
                lastChange,
                disablement,
                attributes);
    }

    /** Refuses values that no other instance writes, and counters that would leave no room for later changes. */
    void checkBrought() {
        if (version.number() > TokenVersion.MOST_IMPORTED) {
            throw new TokenFailure.Invalid("version", "version must be at most " + TokenVersion.MOST_IMPORTED);
        }
        secrets.checkBrought();
    }

    /** This token with its id, for an empty instance that takes all tokens. */
    Token moved(Instant now) {
        return new Token(
                version,
                name,
                gracedSecrets(now),
                description,
                expiry,
                createdAt,
                createdBy,
                lastChange,
                disablement,
                attributes);
    }

    /**
     * This token with a new id and without {@code createdBy} and {@code changedBy}, which name ids of the other
     * instance.
     */
    Token imported(TokenId id, Instant now) {
        return new Token(
                new TokenVersion(id, version.number()),
                name,
                gracedSecrets(now),
                description,
                expiry,
                createdAt,
                Optional.empty(),
                lastChange.map(change -> new LastChange(change.at(), Optional.empty())),
                disablement,
                attributes);
    }

    /** A grace period begins with a change, so not after now. */
    private SecretDigests gracedSecrets(Instant now) {
        Instant began =
                lastChange.map(LastChange::at).filter(at -> at.isBefore(now)).orElse(now);
        return secrets.gracedSince(began, expiry);
    }

    private Token changed(
            TokenName newName,
            SecretDigests newSecrets,
            Description newDescription,
            Expiry newExpiry,
            Optional<Disablement> newRest,
            Attributes newAttributes,
            Actor actor,
            Instant now) {
        return new Token(
                version.next(),
                newName,
                newSecrets,
                newDescription,
                newExpiry,
                createdAt,
                createdBy,
                Optional.of(new LastChange(now, actor.tokenId())),
                newRest,
                newAttributes);
    }
}
