package io.latchkey.application.notification;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Token;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What notifications need to know about the tokens of one store. */
public interface TokenFeed {
    /** The id of the store's instance, part of each notification's id. */
    UUID instanceId();

    /** The revision up to which the tokens of {@link #ending()} are current. */
    long revision();

    /**
     * The first {@code count} ledger entries after a revision, in order.
     *
     * @throws AuthorityUnavailable if the store cannot be read
     */
    List<LedgerEntry> tail(long revision, int count);

    /** All tokens that have an expiry. */
    Stream<Token> ending();
}
