package io.latchkey.application;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that whoever looks after tokens should hear of, once.
 *
 * @param id the same however often it is told, and nothing else's: of no other instance, and of no other entry that has
 *     the same revision because a backup was restored
 * @param at when it came about
 * @param token as it was then
 * @param generation which of the token's secrets it is about
 * @param change the entry of the ledger that it is about; empty if time alone brought it
 */
public record Notice(String id, Kind kind, Instant at, Token token, int generation, Optional<LedgerLine> change) {

    /** What came about. */
    public enum Kind {
        /** The last days of a token began. */
        EXPIRING,
        /** A token ended by itself. */
        EXPIRED,
        /** A token got another secret. */
        ROTATED,
        /** A token is gone. */
        REVOKED,
        /** Somebody has a secret of a token who should not. */
        ALARM
    }

    /** What an entry of the ledger is to be told for, if it is. */
    static Optional<Notice> of(LedgerEntry entry, UUID instance) {
        return kind(entry.event()).map(kind -> {
            LedgerLine line = LedgerLine.of(entry);
            return new Notice(
                    "ledger-" + line.revision() + "-" + line.at().toEpochMilli() + "-" + instance,
                    kind,
                    line.at(),
                    line.token(),
                    entry.event() instanceof TokenEvent.RetiredSecretUsed used
                            ? used.generation()
                            : line.token().secrets().generation(),
                    Optional.of(line));
        });
    }

    private static Optional<Kind> kind(TokenEvent event) {
        return switch (event) {
            case TokenEvent.Rotated _, TokenEvent.Regenerated _ -> Optional.of(Kind.ROTATED);
            case TokenEvent.Revoked _ -> Optional.of(Kind.REVOKED);
            case TokenEvent.RetiredSecretUsed _, TokenEvent.Exposed _ -> Optional.of(Kind.ALARM);
            case TokenEvent.Issued _,
                    TokenEvent.Edited _,
                    TokenEvent.RotationFinished _,
                    TokenEvent.RotationUndone _,
                    TokenEvent.Disabled _,
                    TokenEvent.Enabled _ -> Optional.empty();
        };
    }

    /** What time brings to a token that ends. */
    static Notice of(Kind kind, Instant at, Token token, UUID instance) {
        return new Notice(
                name(kind) + "-" + token.id().value() + "-" + token.expiry().endMillis() + "-" + instance,
                kind,
                at,
                token,
                token.secrets().generation(),
                Optional.empty());
    }

    /** What it is called, such as {@code token.expiring}. */
    public String type() {
        return "token." + name(kind);
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
