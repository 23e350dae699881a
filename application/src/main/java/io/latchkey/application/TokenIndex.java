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
import java.util.stream.Stream;

/**
 * All tokens by the digests of their secrets, brought up to date entry by entry: by one thread at a time, while others
 * look up without waiting.
 *
 * <p>An entry may be folded before its turn: this process' own as soon as it is recorded, and those that change tokens
 * before those that only add some. The older ones that are folded after it then leave its token as it is.
 */
final class TokenIndex {
    private final ConcurrentHashMap<TokenDigest, CachedVerdict> known;
    private final TokenCounts tally;
    /** What was folded before its turn, the newest entry of each token; empty once all before have been folded. */
    private final Map<TokenId, LedgerEntry> early = new HashMap<>();

    private long lastEarly;
    private volatile long revision;
    private volatile boolean operatorSeen;

    /** Those of a snapshot: a map as large as it must be, since one that grows moves everything each time. */
    TokenIndex(TokenStore.Snapshot snapshot) {
        known = new ConcurrentHashMap<>(snapshot.tokens().size());
        snapshot.tokens().forEach(token -> each(token, known::put));
        operatorSeen = snapshot.tokens().stream().anyMatch(Token::isOperator);
        tally = TokenCounts.of(snapshot.tokens());
        revision = snapshot.revision();
    }

    /** What is known of each secret, for look-ups: an answer may allocate nothing, not even an Optional. */
    ConcurrentHashMap<TokenDigest, CachedVerdict> bySecret() {
        return known;
    }

    /** The revision up to which every entry has been folded. */
    long revision() {
        return revision;
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whether there is an operator token, which then never ends. */
    boolean hasOperator() {
        return operatorSeen;
    }

    /** How many there are; for the thread that folds. */
    TokenCounts tally() {
        return tally;
    }

    /** Each token that has an end, as it is or was while this is read; waits for nobody who folds. */
    Stream<Token> ending() {
        // A token with former secrets stands in several places, and moves between them when it is rotated.
        Set<TokenId> met = new HashSet<>();
        return known.values().stream()
                .map(CachedVerdict::token)
                .filter(token -> token.expiry() instanceof Expiry.At)
                .filter(token -> token.secrets().former().isEmpty() || met.add(token.id()));
    }

    /** Takes in an entry; one that was taken in already changes nothing. */
    void fold(LedgerEntry entry) {
        if (entry.revision() <= revision) {
            return;
        }
        TokenEvent event = entry.event();
        LedgerEntry later = early.get(event.tokenId());
        if (later == null || later.revision() < entry.revision()) {
            // Replaced, never removed and put back: a token that is only changed must not be missing for a moment.
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
        return token.map(some -> some.secrets().digests().collect(toSet())).orElse(Set.of());
    }

    /** Forgets the secrets that a token had before or after an event, but for those that it has. */
    private void forget(TokenEvent event, Set<TokenDigest> kept) {
        Stream.of(event.before(), event.after())
                .flatMap(Optional::stream)
                .flatMap(token -> token.secrets().digests())
                .filter(digest -> !kept.contains(digest))
                .forEach(digest -> remove(digest, event.tokenId()));
    }

    private void put(Token token, long at) {
        operatorSeen |= token.isOperator();
        each(token, (digest, one) -> put(digest, one, at));
    }

    /** Every secret of a token, the one it has first: who was given it must not be refused once the old one is. */
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

    private void put(TokenDigest digest, CachedVerdict one, long at) {
        if (!early.isEmpty() && hasPassedOn(digest, one.token().id(), at)) {
            return;
        }
        CachedVerdict before = known.put(digest, one);
        // The new one is counted first: that of a token that is changed never falls to zero.
        if (isCounted(digest, one)) {
            tally.add(one.token());
        }
        if (before != null && isCounted(digest, before)) {
            tally.remove(before.token());
        }
    }

    /** Whether a secret belongs to another token since a later entry, which was folded early. */
    private boolean hasPassedOn(TokenDigest digest, TokenId owner, long at) {
        CachedVerdict there = known.get(digest);
        if (there == null || there.token().id().equals(owner)) {
            return false;
        }
        LedgerEntry later = early.get(there.token().id());
        return later != null && later.revision() > at;
    }

    private void remove(TokenDigest digest, TokenId owner) {
        CachedVerdict there = known.get(digest);
        if (there != null && there.token().id().equals(owner)) {
            known.remove(digest);
            if (isCounted(digest, there)) {
                tally.remove(there.token());
            }
        }
    }

    /** Each token is counted by the secret it has, and not by those it had. */
    private static boolean isCounted(TokenDigest digest, CachedVerdict one) {
        return one.token().digest().equals(digest);
    }
}
