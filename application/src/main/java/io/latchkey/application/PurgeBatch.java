package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Change;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Deletes expired tokens in several transactions.
 *
 * <p>Each transaction deletes a limited number of tokens: that needs one disk sync for each transaction instead of each
 * token, and a writer, such as a revocation, does not wait for thousands of deletions. Atomicity of the whole has no
 * use here.
 */
record PurgeBatch(LocalAccess access, VisibleTokens visible, Instant now) {
    /** Deletions in each transaction, which then takes a few hundredths of a second. */
    private static final int TOGETHER = 150;

    /** Deletes the tokens that expired at or before a time, at most {@link PurgedTokens#MOST}. */
    PurgedTokens endAll(Instant before) {
        List<Token> gone = new ArrayList<>();
        List<Token> batch = new ArrayList<>();
        List<LedgerEntry> recorded = new ArrayList<>();
        boolean more = false;
        for (Token token : new PagedTokens(access.store())) {
            if (token.expiry().end().filter(end -> !end.isAfter(before)).isEmpty()
                    || !visible.allow(TokenPermission.DELETE, token)) {
                continue;
            }
            if (gone.size() + batch.size() == PurgedTokens.MOST) {
                more = true;
                break;
            }
            batch.add(token);
            if (batch.size() == TOGETHER) {
                gone.addAll(end(batch, recorded));
                batch.clear();
            }
        }
        gone.addAll(end(batch, recorded));
        access.hold(recorded);
        return new PurgedTokens(gone, more);
    }

    /** Deletes tokens, except those that were changed or deleted in the meantime. */
    private List<Token> end(List<Token> tokens, List<LedgerEntry> recorded) {
        if (tokens.isEmpty()) {
            return List.of();
        }
        try {
            List<LedgerEntry> entries =
                    access.store().appendAll(tokens.stream().map(this::decision).toList());
            entries.forEach(access.registry()::follow);
            recorded.addAll(entries);
            return List.copyOf(tokens);
        } catch (TokenFailure.VersionMismatch | TokenFailure.NotFound e) {
            if (tokens.size() == 1) {
                return List.of();
            }
            // One of them has changed: bisect to find the others.
            List<Token> gone = new ArrayList<>(end(tokens.subList(0, tokens.size() / 2), recorded));
            gone.addAll(end(tokens.subList(tokens.size() / 2, tokens.size()), recorded));
            return gone;
        }
    }

    private Function<Tokens, TokenEvent> decision(Token token) {
        Change change = new Change.Revoke(token.name(), new Precondition(List.of(token.version())));
        return tokens -> change.decide(tokens, access.actor(), now);
    }
}
