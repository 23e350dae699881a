package io.latchkey.application.notification;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerRecord;
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
public record Notification(
        String id, Kind kind, Instant at, Token token, int generation, Optional<LedgerRecord> change) {

    /** What came about. */
    public enum Kind {
        /** The last days of a token began. */
        EXPIRING,
        /** A token ended by itself. */
        EXPIRED,
        /** A token came into being. */
        CREATED,
        /** The operator token got another secret, and the one before is dead. */
        REGENERATED,
        /** A token got another secret. */
        ROTATED,
        /** A token opens nothing for now. */
        DISABLED,
        /** A token that was disabled opens again. */
        ENABLED,
        /** A token is gone. */
        REVOKED,
        /** Somebody has a secret of a token who should not. */
        ALARM
    }

    /** What an entry of the ledger is to be told for, if it is. */
    static Optional<Notification> of(LedgerEntry entry, UUID instance) {
        return kind(entry.event()).map(kind -> {
            LedgerRecord line = LedgerRecord.of(entry);
            return new Notification(
                    "ledger-" + line.revision() + "-" + line.at().toEpochMilli() + "-" + instance,
                    kind,
                    line.at(),
                    line.token(),
                    entry.event() instanceof TokenEvent.RetiredSecretPresented used
                            ? used.generation()
                            : line.token().secrets().generation(),
                    Optional.of(line));
        });
    }

    /** What a fact is to be told as, if it is. */
    static Optional<Kind> kind(TokenEvent event) {
        return switch (event) {
            case TokenEvent.Issued _ -> Optional.of(Kind.CREATED);
            case TokenEvent.Regenerated _ -> Optional.of(Kind.REGENERATED);
            case TokenEvent.Rotated _ -> Optional.of(Kind.ROTATED);
            case TokenEvent.Disabled _ -> Optional.of(Kind.DISABLED);
            case TokenEvent.Enabled _ -> Optional.of(Kind.ENABLED);
            case TokenEvent.Revoked _ -> Optional.of(Kind.REVOKED);
            case TokenEvent.RetiredSecretPresented _, TokenEvent.OperatorSecretLeaked _ -> Optional.of(Kind.ALARM);
            case TokenEvent.Edited _, TokenEvent.RotationFinished _, TokenEvent.RotationUndone _ -> Optional.empty();
        };
    }

    /** What time brings to a token that ends. */
    static Notification of(Kind kind, Instant at, Token token, UUID instance) {
        return new Notification(
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
