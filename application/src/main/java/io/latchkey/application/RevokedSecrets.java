package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Secrets that are no longer valid according to a store's ledger: revoked, leaked or replaced, here or in the instance
 * from which the token was imported.
 */
public final class RevokedSecrets {
    private static final int PAGE = 1_000;

    private RevokedSecrets() {}

    /** Those of the given secrets that are no longer valid; reads the whole ledger. */
    public static Set<TokenDigest> among(Set<TokenDigest> secrets, TokenStore store, Instant now) {
        Set<TokenDigest> ended = new HashSet<>();
        if (secrets.isEmpty()) {
            return ended;
        }
        List<LedgerEntry> page;
        long revision = 0;
        do {
            page = store.tail(revision, PAGE);
            for (LedgerEntry entry : page) {
                fold(entry.event(), ended, now);
                revision = entry.revision();
            }
            ended.retainAll(secrets);
        } while (page.size() == PAGE);
        return ended;
    }

    private static void fold(TokenEvent event, Set<TokenDigest> ended, Instant now) {
        event.before().ifPresent(token -> token.secrets().digests().forEach(ended::add));
        event.after().ifPresent(token -> {
            token.secrets().digests().forEach(ended::add);
            token.secrets().accepted(now).forEach(ended::remove);
        });
    }
}
