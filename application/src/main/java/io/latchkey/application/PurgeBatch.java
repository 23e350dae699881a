package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The end of tokens that expired long ago.
 *
 * <p>Some of them are ended in one transaction, not all: it costs one wait for the disk for each, and nobody who wants to
 * write, such as to revoke a token, waits for the end of thousands that nobody uses. Nor would all or nothing be worth
 * anything here.
 */
record PurgeBatch(Actor actor, TokenStore store, TokenRegistry registry, Instant now) {
    /** How many are ended in one transaction, which is then over within some hundredths of a second. */
    private static final int TOGETHER = 150;

    /** Ends those that expired at a moment or before, but not more than {@link PurgedTokens#MOST}. */
    PurgedTokens endAll(Instant before) {
        List<Token> gone = new ArrayList<>();
        List<Token> batch = new ArrayList<>();
        boolean more = false;
        for (Token token : new PagedTokens(store)) {
            if (token.expiry().end().filter(end -> !end.isAfter(before)).isEmpty()) {
                continue;
            }
            if (gone.size() + batch.size() == PurgedTokens.MOST) {
                more = true;
                break;
            }
            batch.add(token);
            if (batch.size() == TOGETHER) {
                gone.addAll(end(batch));
                batch.clear();
            }
        }
        gone.addAll(end(batch));
        return new PurgedTokens(gone, more);
    }

    /** Ends some, but not one that somebody has changed meanwhile, or ended before. */
    private List<Token> end(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return List.of();
        }
        try {
            List<LedgerEntry> entries =
                    store.appendAll(tokens.stream().map(this::decision).toList());
            entries.forEach(registry::follow);
            return List.copyOf(tokens);
        } catch (TokenFailure.VersionMismatch | TokenFailure.NotFound e) {
            if (tokens.size() == 1) {
                return List.of();
            }
            // One of them has changed: the others are found by halves.
            List<Token> gone = new ArrayList<>(end(tokens.subList(0, tokens.size() / 2)));
            gone.addAll(end(tokens.subList(tokens.size() / 2, tokens.size())));
            return gone;
        }
    }

    private Function<Tokens, TokenEvent> decision(Token token) {
        Change change = new Change.Revoke(token.name(), new Precondition(List.of(token.version())));
        return tokens -> change.decide(tokens, actor, now);
    }
}
