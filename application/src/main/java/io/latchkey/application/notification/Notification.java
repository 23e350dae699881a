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
 * An event that is reported once to the administrators of tokens.
 *
 * @param id the same for every attempt; unique across instances and across restored backups in which a revision occurs
 *     again
 * @param at time of the event
 * @param token the token at that time
 * @param generation generation of the secret concerned
 * @param change the ledger entry; empty for events caused by time alone
 */
public record Notification(
        String id, Kind kind, Instant at, Token token, int generation, Optional<LedgerRecord> change) {

    /** The kind of event. */
    public enum Kind {
        /** A token expires soon. */
        EXPIRING,
        /** A token expired. */
        EXPIRED,
        /** A token was created. */
        CREATED,
        /** The operator token was regenerated; its previous secret is no longer valid. */
        REGENERATED,
        /** A token was rotated. */
        ROTATED,
        /** A token was disabled. */
        DISABLED,
        /** A token was enabled again. */
        ENABLED,
        /** A token was revoked. */
        REVOKED,
        /** A secret leaked, or a retired secret was presented. */
        ALARM
    }

    /** The notification for a ledger entry; empty if it needs none. */
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

    /** The kind of notification for an event; empty if it needs none. */
    static Optional<Kind> kind(TokenEvent event) {
        return switch (event) {
            case TokenEvent.Issued _ -> Optional.of(Kind.CREATED);
            case TokenEvent.Regenerated _ -> Optional.of(Kind.REGENERATED);
            case TokenEvent.Rotated _ -> Optional.of(Kind.ROTATED);
            case TokenEvent.Disabled _ -> Optional.of(Kind.DISABLED);
            case TokenEvent.Enabled _ -> Optional.of(Kind.ENABLED);
            case TokenEvent.Revoked _ -> Optional.of(Kind.REVOKED);
            case TokenEvent.RetiredSecretPresented _, TokenEvent.OperatorSecretLeaked _, TokenEvent.LedgerAccepted _ ->
                Optional.of(Kind.ALARM);
            case TokenEvent.Edited _, TokenEvent.RotationFinished _, TokenEvent.RotationUndone _ -> Optional.empty();
        };
    }

    /** A notification that is caused by the expiry of a token. */
    static Notification of(Kind kind, Instant at, Token token, UUID instance) {
        return new Notification(
                name(kind) + "-" + token.id().value() + "-" + token.expiry().endMillis() + "-" + instance,
                kind,
                at,
                token,
                token.secrets().generation(),
                Optional.empty());
    }

    /** The type on the wire, such as {@code token.expiring}. */
    public String type() {
        return "token." + name(kind);
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
