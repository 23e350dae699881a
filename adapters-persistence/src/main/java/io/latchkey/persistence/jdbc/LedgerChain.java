package io.latchkey.persistence.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chain that holds the ledger together, walked from its origin: each row carries the hash of the row before, so an
 * edit, a deletion or a reordering shows, and what the rows say must follow from the rows before.
 */
final class LedgerChain {
    private final Map<TokenId, Token> tokens = new HashMap<>();
    private final List<TokenId> unlike = new ArrayList<>();
    private ChainHash link;
    private long length;

    LedgerChain(UUID instance) {
        link = origin(instance);
    }

    /** What the first row has for a predecessor: of this instance's ledger and of no other. */
    static ChainHash origin(UUID instance) {
        return new Fields().text("latchkey ledger").text(instance.toString()).hash();
    }

    /** The hash of a row: over every column but itself, each with its kind and length, so that none can pass for another. */
    static ChainHash hash(LedgerRow row) {
        return new Fields()
                .blob(row.previous().bytes())
                .integer(row.revision())
                .integer(row.at())
                .text(row.kind())
                .text(row.actor())
                .integer(row.actorId())
                .text(row.actorName())
                .blob(row.actorDigest() == null ? null : row.actorDigest().bytes())
                .integer(row.tokenId())
                .text(row.before())
                .text(row.after())
                .hash();
    }

    /** The revision that follows the rows walked so far. */
    long next() {
        return length + 1;
    }

    /** Whether a row is the next one and as it was written; if it is, it is walked. */
    boolean accept(LedgerRow row) {
        if (!continuesWith(row)) {
            return false;
        }
        try {
            TokenEvent event = row.toEntry().event();
            TokenId id = new TokenId(row.tokenId());
            if (!event.tokenId().equals(id)
                    || !Optional.ofNullable(tokens.get(id)).equals(event.before())) {
                return false;
            }
            tokens.remove(id);
            event.after().ifPresent(token -> tokens.put(id, token));
        } catch (RuntimeException e) {
            return false;
        }
        link = row.hash();
        length++;
        return true;
    }

    /** Whether a row has the next number, and the hash that the row before and its own content make. */
    boolean continuesWith(LedgerRow row) {
        return row.revision() == next()
                && row.previous().equals(link)
                && row.hash().equals(hash(row));
    }

    /** The hash of the newest row that was walked. */
    ChainHash head() {
        return link;
    }

    /**
     * Compares a token with what the rows walked so far make of it, and forgets it: whoever has met all tokens is told of
     * those that are missing, and no more rows are walked.
     */
    void meet(Token token) {
        if (!token.equals(tokens.remove(token.id()))) {
            unlike.add(token.id());
        }
    }

    /** The first token that is not what the rows make of it, be it missing or too many, once all were met. */
    Optional<TokenId> unexplained() {
        return Stream.concat(unlike.stream(), tokens.keySet().stream()).min(Comparator.comparingLong(TokenId::value));
    }

    /** Values on their way into a hash. */
    private static final class Fields {
        private final MessageDigest digester = ChainHash.digester();

        Fields integer(@Nullable Long value) {
            return field(
                    'i',
                    value == null
                            ? null
                            : ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        }

        Fields text(@Nullable String value) {
            return field('t', value == null ? null : value.getBytes(UTF_8));
        }

        Fields blob(byte @Nullable [] value) {
            return field('b', value);
        }

        private Fields field(char kind, byte @Nullable [] value) {
            if (value == null) {
                digester.update((byte) 'n');
            } else {
                digester.update((byte) kind);
                digester.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value.length));
                digester.update(value);
            }
            return this;
        }

        ChainHash hash() {
            return new ChainHash(digester.digest());
        }
    }
}
