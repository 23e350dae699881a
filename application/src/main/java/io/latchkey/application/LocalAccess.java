package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The operations of an actor on an authority in the same process as its store. */
record LocalAccess(
        Actor actor,
        TokenStore store,
        SystemTables tables,
        TokenRegistry registry,
        InstantSource clock,
        SecureRandom random,
        ExpiryPolicy policy,
        SelfRotation selfRotation,
        LastBackup backup,
        ChangeWait waiting)
        implements ActorAccess {
    @Override
    public TokenAdministration tokens() {
        return new LocalAdministration(this);
    }

    @Override
    public TokenQueries queries() {
        return new LocalQueries(this);
    }

    @Override
    public LedgerReader ledger() {
        return new LocalLedgerReader(this);
    }

    @Override
    public TokenTransfer transfer() {
        return new LocalTransfer(this);
    }

    @Override
    public LocalAccess waiting(ChangeWait other) {
        other.checkPossible(store.nodes());
        return new LocalAccess(actor, store, tables, registry, clock, random, policy, selfRotation, backup, other);
    }

    /** Registers a token whose secret was created elsewhere, unless it exists or conflicts with another. */
    PreconfigurationResult preconfigure(Change.Register wanted) {
        // Reads the whole ledger, but only at a start and only if no token has the name.
        if (store.find(wanted.name()).isEmpty()
                && !RevokedSecrets.among(Set.of(wanted.digest()), store, now()).isEmpty()) {
            return PreconfigurationResult.ENDED;
        }
        try {
            make(wanted);
            return PreconfigurationResult.REGISTERED;
        } catch (TokenFailure.NameTaken _) {
            Optional<Token> present = store.find(wanted.name());
            if (!has(present, wanted.digest())) {
                return PreconfigurationResult.ANOTHER_SECRET;
            }
            return present.filter(token ->
                                    token.rights().equals(wanted.attributes().rights()))
                            .isPresent()
                    ? PreconfigurationResult.ALREADY_PRESENT
                    : PreconfigurationResult.OTHER_RIGHTS;
        } catch (TokenFailure.SecretTaken _) {
            return PreconfigurationResult.ANOTHER_NAME;
        }
    }

    /**
     * Checks that the actor has a permission.
     *
     * @throws TokenFailure.PermissionMissing if its token does not allow it
     * @throws TokenFailure.Unauthenticated if it has no valid token
     */
    void check(RequiredPermission required) {
        required.check(rights());
    }

    /**
     * What the actor may do, which its own token, still valid, decides.
     *
     * @throws TokenFailure.Unauthenticated if the actor may not administer tokens, or its token is no longer valid
     */
    Rights rights() {
        actor.checkMayAdminister();
        return actor instanceof Actor.Holder holder
                ? registry.stillValid(holder.digest()).rights()
                : Rights.ALL;
    }

    /** Refuses the holder of a resource token that may revoke no token, unless the secret is one of its own. */
    void checkMayBurn(TokenDigest digest) {
        if (actor instanceof Actor.Holder holder) {
            Token own = registry.stillValid(holder.digest());
            if (!own.accepts(digest, now())) {
                new VisibleTokens(own.rights()).checkSome(TokenPermission.DELETE);
            }
        }
    }

    /** Refuses the holder of a resource token without the permission to rotate a token, where that holds for its own, too. */
    void checkMayRotate(TokenName name) {
        switch (selfRotation) {
            case ALLOWED -> {} // the change itself is checked
            case REFUSED -> visible().check(TokenPermission.ROTATE, name);
        }
    }

    /** The tokens that the actor may see. */
    VisibleTokens visible() {
        return new VisibleTokens(rights());
    }

    /**
     * How the actor sees a token that it is about to change. To be asked before the change, which may end the actor's secret.
     */
    UnaryOperator<Token> sightOfChanged() {
        return actor instanceof Actor.Holder && rights() instanceof Permissions
                ? Token::withoutDigests
                : UnaryOperator.identity();
    }

    /** Whether there is a token, and its current secret has that digest. */
    static boolean has(Optional<Token> token, TokenDigest digest) {
        return token.filter(present -> present.digest().equals(digest)).isPresent();
    }

    /**
     * Adds to each token its uses on the last days, with one query for all.
     *
     * @param days 0 to add nothing
     */
    List<ListedToken> withDays(List<ListedToken> tokens, int days) {
        if (days == 0 || tokens.isEmpty()) {
            return tokens;
        }
        Instant now = now();
        Map<TokenId, List<PeriodUse>> history = registry.useHistory(
                UsePeriod.DAY,
                tokens.stream().map(listed -> listed.token().id()).toList(),
                UsePeriod.DAY.first(days, now),
                now);
        return tokens.stream()
                .map(listed -> listed.with(history.getOrDefault(listed.token().id(), List.of())))
                .toList();
    }

    /** Records the change in the store, then applies it to the registry, then waits for the nodes. */
    TokenEvent make(Change change) {
        // Truncated to the precision of the wire format; all other instants already have it.
        LedgerEntry entry = store.append(tokens -> change.decide(tokens, actor, now()));
        registry.follow(entry);
        hold(List.of(entry));
        return entry.event();
    }

    /** Waits for the nodes after changes. Nothing is locked meanwhile. */
    void hold(List<LedgerEntry> entries) {
        waiting.hold(store.nodes(), entries);
    }

    /**
     * The current time in milliseconds, the precision of the wire.
     *
     * @throws AuthorityUnavailable if the clock is outside the years that timestamps can hold
     */
    Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!Timestamps.contain(now)) {
            throw new AuthorityUnavailable("the clock of this machine is wrong (" + now + "): set it");
        }
        return now;
    }
}
