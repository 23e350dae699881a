package io.latchkey.persistence;

import static java.util.Objects.requireNonNull;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code ledger}.
 *
 * @param actor the kind of actor, of an owner with the local user as in {@code owner:alice}; the three that follow are
 *     those of a token holder
 * @param previous the hash of the row before, or the {@link LedgerChain#origin} of the chain
 * @param hash of {@code previous} and every other column, see {@link LedgerChain#hash}
 */
@MappedEntity("ledger")
record LedgerRow(
        @Id long revision,
        long at,
        String kind,
        String actor,
        @Nullable Long actorId,
        @Nullable String actorName,

        @MappedProperty(type = DataType.BYTE_ARRAY, converter = DigestColumn.class) @Nullable
        TokenDigest actorDigest,

        long tokenId,
        @Nullable String before,
        @Nullable String after,

        @MappedProperty(type = DataType.BYTE_ARRAY, converter = Sha256.Column.class)
        Sha256 previous,

        @MappedProperty(type = DataType.BYTE_ARRAY, converter = Sha256.Column.class)
        Sha256 hash) {

    private static final String OWNER = Actor.Kind.OWNER.word();

    /** Between an owner and the name of the local user, if that is known. */
    private static final String BEFORE_USER = ":";

    LedgerRow {
        try {
            requireNonNull(kind);
            requireNonNull(actor);
            requireNonNull(previous);
            requireNonNull(hash);
        } catch (NullPointerException e) { // the columns are NOT NULL, but a damaged page knows no rules
            throw new DamagedRow("ledger entry " + revision, e);
        }
    }

    /** The columns in the order in which {@link #read} takes them and {@link #values} gives them. */
    static final String COLUMNS =
            "revision, at, kind, actor, actor_id, actor_name, actor_digest, token_id, before, after,"
                    + " previous, hash";

    /** The row a result set stands on. */
    static LedgerRow read(ResultSet row) throws SQLException {
        return DamagedRow.unless("ledger entry", row, LedgerRow::readWhole);
    }

    private static LedgerRow readWhole(ResultSet row) throws SQLException {
        byte @Nullable [] actorDigest = row.getBytes(7);
        return new LedgerRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                TokenRow.integer(row, 5),
                row.getString(6),
                actorDigest == null ? null : DigestColumn.read(actorDigest),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                new Sha256(row.getBytes(11)),
                new Sha256(row.getBytes(12)));
    }

    /** What stands for a row that cannot be read: it follows from nothing. */
    static LedgerRow damaged(long revision) {
        Sha256 none = new Sha256(new byte[0]);
        return new LedgerRow(revision, 0, "", "", null, null, null, 0, null, null, none, none);
    }

    /** The values of the {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            revision,
            at,
            kind,
            actor,
            actorId,
            actorName,
            actorDigest == null ? null : actorDigest.bytes(),
            tokenId,
            before,
            after,
            previous.bytes(),
            hash.bytes()
        };
    }

    /** The row that records an entry after the row with the hash {@code previous}. */
    static LedgerRow of(LedgerEntry entry, Sha256 previous) {
        TokenEvent event = entry.event();
        Actor.@Nullable Holder holder = event.actor() instanceof Actor.Holder it ? it : null;
        LedgerRow row = new LedgerRow(
                entry.revision(),
                event.at().toEpochMilli(),
                event.kind().word(),
                actor(event.actor()),
                holder == null ? null : holder.id().value(),
                holder == null ? null : holder.name().value(),
                holder == null ? null : holder.digest(),
                event.tokenId().value(),
                event.before().map(TokenJson::write).orElse(null),
                event.after().map(TokenJson::write).orElse(null),
                previous,
                previous);
        return row.with(LedgerChain.hash(row));
    }

    private LedgerRow with(Sha256 newHash) {
        return new LedgerRow(
                revision, at, kind, actor, actorId, actorName, actorDigest, tokenId, before, after, previous, newHash);
    }

    /** The same row, taken for one with another number. */
    LedgerRow numbered(long number) {
        return new LedgerRow(
                number, at, kind, actor, actorId, actorName, actorDigest, tokenId, before, after, previous, hash);
    }

    private static String actor(Actor actor) {
        return actor instanceof Actor.FileOwner(var user) && user.isPresent()
                ? OWNER + BEFORE_USER + user.get()
                : actor.kind().word();
    }

    /** The entry that was recorded; a {@link DamagedRow} if none could have been recorded like this. */
    LedgerEntry toEntry() {
        try {
            return new LedgerEntry(revision, toEvent());
        } catch (RuntimeException e) {
            throw new DamagedRow("ledger entry " + revision, e);
        }
    }

    private TokenEvent toEvent() {
        Instant when = Instant.ofEpochMilli(at);
        return switch (TokenEvent.Kind.of(kind)
                .orElseThrow(() -> new IllegalArgumentException("unknown kind of event"))) {
            case ISSUED -> new TokenEvent.Issued(toActor(), when, token(after));
            case REGENERATED -> new TokenEvent.Regenerated(toActor(), when, token(before), token(after));
            case EDITED -> new TokenEvent.Edited(toActor(), when, token(before), token(after));
            case REVOKED -> new TokenEvent.Revoked(toActor(), when, token(before));
            case EXPOSED -> new TokenEvent.OperatorSecretLeaked(toActor(), when, token(after));
            case ROTATED -> new TokenEvent.Rotated(toActor(), when, token(before), token(after));
            case ROTATION_FINISHED -> new TokenEvent.RotationFinished(toActor(), when, token(before), token(after));
            case ROTATION_UNDONE -> new TokenEvent.RotationUndone(toActor(), when, token(before), token(after));
            case DISABLED -> new TokenEvent.Disabled(toActor(), when, token(before), token(after));
            case ENABLED -> new TokenEvent.Enabled(toActor(), when, token(before), token(after));
            case RETIRED_SECRET_USED ->
                new TokenEvent.RetiredSecretPresented(toActor(), when, token(before), token(after));
        };
    }

    private Actor toActor() {
        return switch (Actor.Kind.of(actor).orElse(Actor.Kind.OWNER)) {
            case HOLDER -> holder();
            case OWNER -> owner();
            case BOOTSTRAP -> new Actor.LocalBootstrap();
            case STRANGER -> new Actor.RemoteBootstrap();
            case RECOVERY -> new Actor.Recovery();
            case FINDER -> new Actor.LeakReporter();
            case GUEST -> new Actor.Anonymous();
            case PRESENTER -> new Actor.ReuseDetector();
        };
    }

    private Actor owner() {
        if (actor.equals(OWNER)) {
            return new Actor.FileOwner();
        }
        String begin = OWNER + BEFORE_USER;
        if (!actor.startsWith(begin)) {
            throw new IllegalArgumentException("unknown kind of actor");
        }
        return new Actor.FileOwner(Optional.of(new LocalUser(actor.substring(begin.length()))));
    }

    private Actor holder() {
        if (actorId == null || actorName == null || actorDigest == null) {
            throw new IllegalArgumentException("a holder without id, name or digest");
        }
        return new Actor.Holder(new TokenId(actorId), new TokenName(actorName), actorDigest);
    }

    private static Token token(@Nullable String json) {
        if (json == null) {
            throw new IllegalArgumentException("a token is missing");
        }
        return TokenJson.read(json);
    }
}
