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
 * Checks the ledger row by row, from its first row on. Each row contains the hash of the row before it, so an edited,
 * deleted, inserted or moved row is detected; the token before each event must be the result of the earlier rows.
 *
 * <p>Keeps all tokens in memory. Not thread-safe.
 */
final class LedgerChain {
    private final Map<TokenId, Token> tokens = new HashMap<>();
    private final List<TokenId> differing = new ArrayList<>();
    private ChainHash head;
    private long length;

    LedgerChain(UUID instance) {
        head = origin(instance);
    }

    /** The value of {@code previous} in the first row; contains the instance id, so that no other ledger fits. */
    static ChainHash origin(UUID instance) {
        return new Fields().text("latchkey ledger").text(instance.toString()).hash();
    }

    /**
     * The hash of a row, over all columns except {@code hash}. The type and length of each value are hashed, too, so that
     * two different rows never give the same input.
     */
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

    /** The revision that the next row must have. */
    long next() {
        return length + 1;
    }

    /** Checks the next row: its number, its hashes, and that its event follows from the accepted rows. */
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
        head = row.hash();
        length++;
        return true;
    }

    /** Whether a row has the next revision, the hash of the row before it, and the hash of its own content. */
    boolean continuesWith(LedgerRow row) {
        return row.revision() == next()
                && row.previous().equals(head)
                && row.hash().equals(hash(row));
    }

    /** The hash of the last accepted row; the origin if there is none. */
    ChainHash head() {
        return head;
    }

    /**
     * Compares a stored token with the one that results from the ledger. To be called once for each stored token, after
     * the last row and before {@link #unexplained}.
     */
    void compare(Token token) {
        if (!token.equals(tokens.remove(token.id()))) {
            differing.add(token.id());
        }
    }

    /** The lowest id of a token that is changed, missing or additional compared with the ledger. */
    Optional<TokenId> unexplained() {
        return Stream.concat(differing.stream(), tokens.keySet().stream())
                .min(Comparator.comparingLong(TokenId::value));
    }

    /** Feeds values with their type and length into a hash. */
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
