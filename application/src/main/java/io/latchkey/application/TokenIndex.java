package io.latchkey.application;

import static java.util.stream.Collectors.toSet;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All tokens by the digests of their secrets. One thread at a time applies ledger entries, while others look up without
 * waiting.
 *
 * <p>An entry may be applied early: one of this process as soon as it is recorded, and one that changes an existing
 * token before those that only create one. An older entry that is applied afterwards then leaves that token unchanged.
 */
final class TokenIndex {
    private final ConcurrentHashMap<TokenDigest, CachedVerdict> verdicts;
    private final TokenCounts tally;
    /** The newest early entry of each token; empty once all entries before them have been applied. */
    private final Map<TokenId, LedgerEntry> early = new HashMap<>();

    private long lastEarly;
    private volatile long revision;
    private volatile boolean operatorSeen;

    /** The tokens of a snapshot. The map gets its full size at once, because growing copies all of it each time. */
    TokenIndex(TokenStore.Snapshot snapshot) {
        verdicts = new ConcurrentHashMap<>(snapshot.tokens().size());
        snapshot.tokens().forEach(token -> each(token, verdicts::put));
        operatorSeen = snapshot.tokens().stream().anyMatch(Token::isOperator);
        tally = TokenCounts.of(snapshot.tokens());
        revision = snapshot.revision();
    }

    /** The verdicts by secret. The map itself, because a look-up must not allocate, not even an Optional. */
    ConcurrentHashMap<TokenDigest, CachedVerdict> bySecret() {
        return verdicts;
    }

    /** The revision up to which every entry has been applied. */
    long revision() {
        return revision;
    }

    boolean isEmpty() {
        return verdicts.isEmpty();
    }

    /** Whether an operator token exists; it can never be removed. */
    boolean hasOperator() {
        return operatorSeen;
    }

    /** The counts, for the thread that applies entries. */
    TokenCounts tally() {
        return tally;
    }

    /** The tokens that have an expiry; weakly consistent, and never waits for the thread that applies entries. */
    Stream<Token> ending() {
        // A token with former secrets has several keys, and moves between them when it is rotated.
        Set<TokenId> met = new HashSet<>();
        return verdicts.values().stream()
                .map(CachedVerdict::token)
                .filter(token -> token.expiry() instanceof Expiry.At)
                .filter(token -> token.secrets().former().isEmpty() || met.add(token.id()));
    }

    /**
     * Passes on all tokens, each once; weakly consistent, and never waits for the thread that applies entries. Allocates
     * nothing for a token: the young generation is small, and there may be a million of them.
     */
    void each(Consumer<Token> use) {
        verdicts.forEach((digest, cached) -> {
            if (isCounted(digest, cached)) {
                use.accept(cached.token());
            }
        });
    }

    /** Applies an entry; has no effect if it was already applied. */
    void fold(LedgerEntry entry) {
        if (entry.revision() <= revision) {
            return;
        }
        TokenEvent event = entry.event();
        LedgerEntry later = early.get(event.tokenId());
        if (later == null || later.revision() < entry.revision()) {
            // Replaced, never removed and added again: a changed token must not be missing for a moment.
            event.after().ifPresent(token -> put(token, entry.revision()));
            forget(event, digests(event.after()));
            note(entry);
        } else {
            forget(event, digests(later.event().after()));
        }
        if (entry.revision() == revision + 1) {
            revision = entry.revision();
            if (revision >= lastEarly) {
                early.clear();
            }
        }
    }

    private void note(LedgerEntry entry) {
        if (entry.revision() > revision + 1) {
            early.put(entry.event().tokenId(), entry);
            lastEarly = Math.max(lastEarly, entry.revision());
        }
    }

    private static Set<TokenDigest> digests(Optional<Token> token) {
        return token.map(present -> present.secrets().digests().collect(toSet()))
                .orElse(Set.of());
    }

    /** Removes the secrets that a token had before or after an event, except those it has now. */
    private void forget(TokenEvent event, Set<TokenDigest> kept) {
        Stream.of(event.before(), event.after())
                .flatMap(Optional::stream)
                .flatMap(token -> token.secrets().digests())
                .filter(digest -> !kept.contains(digest))
                .forEach(digest -> remove(digest, event.tokenId()));
    }

    private void put(Token token, long at) {
        operatorSeen |= token.isOperator();
        each(token, (digest, cached) -> put(digest, cached, at));
    }

    /** Passes on every secret of a token, the current one first: it must be accepted before the old one is refused. */
    private static void each(Token token, BiConsumer<TokenDigest, CachedVerdict> use) {
        SecretDigests secrets = token.secrets();
        use.accept(secrets.digest(), CachedVerdict.until(Long.MAX_VALUE, token, secrets.generation()));
        for (FormerSecret former : secrets.former()) {
            use.accept(
                    former.digest(),
                    former.until()
                            .map(until -> CachedVerdict.until(until.toEpochMilli(), token, former.generation()))
                            .orElseGet(() -> CachedVerdict.refused(token, former.generation())));
        }
    }

    private void put(TokenDigest digest, CachedVerdict cached, long at) {
        if (!early.isEmpty() && hasPassedOn(digest, cached.token().id(), at)) {
            return;
        }
        CachedVerdict before = verdicts.put(digest, cached);
        // The new state is counted first, so that the count of a changed token never falls to zero.
        if (isCounted(digest, cached)) {
            tally.add(cached.token());
        }
        if (before != null && isCounted(digest, before)) {
            tally.remove(before.token());
        }
    }

    /** Whether a secret belongs to another token according to a later entry that was applied early. */
    private boolean hasPassedOn(TokenDigest digest, TokenId owner, long at) {
        CachedVerdict present = verdicts.get(digest);
        if (present == null || present.token().id().equals(owner)) {
            return false;
        }
        LedgerEntry later = early.get(present.token().id());
        return later != null && later.revision() > at;
    }

    private void remove(TokenDigest digest, TokenId owner) {
        CachedVerdict present = verdicts.get(digest);
        if (present != null && present.token().id().equals(owner)) {
            verdicts.remove(digest);
            if (isCounted(digest, present)) {
                tally.remove(present.token());
            }
        }
    }

    /** Each token is counted once, by its current secret. */
    private static boolean isCounted(TokenDigest digest, CachedVerdict cached) {
        SecretDigests secrets = cached.token().secrets();
        // The only secret of a token is its current one, and need not be compared.
        return secrets.former().isEmpty() || secrets.digest().equals(digest);
    }
}
