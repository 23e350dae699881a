package io.latchkey.application;

import io.latchkey.domain.TokenDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Secrets that tokens of a store had once and have no more, as its ledger tells: revoked, burned or replaced. */
public final class EndedSecrets {
    private static final int PAGE = 1_000;

    private EndedSecrets() {}

    /** Those among some secrets; reads the whole ledger. */
    public static Set<TokenDigest> among(Set<TokenDigest> secrets, TokenStore store) {
        Set<TokenDigest> ended = new HashSet<>();
        List<LedgerEntry> page;
        long revision = 0;
        do {
            page = store.tail(revision, PAGE);
            for (LedgerEntry entry : page) {
                entry.event().before().ifPresent(token -> ended.add(token.digest()));
                entry.event().after().ifPresent(token -> ended.remove(token.digest()));
                revision = entry.revision();
            }
            ended.retainAll(secrets);
        } while (page.size() == PAGE);
        return ended;
    }
}
