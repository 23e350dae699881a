package io.latchkey.persistence.jdbc;

import static java.util.Objects.requireNonNull;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code ledger}.
 *
 * @param revision the number of the entry, counted from 1
 * @param at the time of the event, in milliseconds since 1970
 * @param kind the word of a {@link TokenEvent.Kind}
 * @param actor the word of an {@link Actor.Kind}; for an owner with the local user, as in {@code owner:alice}
 * @param actorId this and the two that follow are present only if the actor is the holder of a token
 * @param before the token before the event, as {@link TokenJson}; null if the event created it
 * @param after the token after the event, as {@link TokenJson}; null if the event deleted it
 * @param previous the hash of the row before, or the {@link LedgerChain#origin} of the chain
 * @param hash the hash of all other columns, see {@link LedgerChain#hash}
 */
public record LedgerRow(
        long revision,
        long at,
        String kind,
        String actor,
        @Nullable Long actorId,
        @Nullable String actorName,
        @Nullable TokenDigest actorDigest,
        long tokenId,
        @Nullable String before,
        @Nullable String after,
        ChainHash previous,
        ChainHash hash) {

    static final Columns<LedgerRow> COLUMNS = new Columns<>();

    private static final int REVISION = COLUMNS.add("revision", LedgerRow::revision);
    private static final int AT = COLUMNS.add("at", LedgerRow::at);
    private static final int KIND = COLUMNS.add("kind", LedgerRow::kind);
    private static final int ACTOR = COLUMNS.add("actor", LedgerRow::actor);
    private static final int ACTOR_ID = COLUMNS.add("actor_id", LedgerRow::actorId);
    private static final int ACTOR_NAME = COLUMNS.add("actor_name", LedgerRow::actorName);
    private static final int ACTOR_DIGEST = COLUMNS.add(
            "actor_digest",
            row -> row.actorDigest() == null ? null : row.actorDigest().bytes());
    private static final int TOKEN_ID = COLUMNS.add("token_id", LedgerRow::tokenId);
    private static final int BEFORE = COLUMNS.add("before", LedgerRow::before);
    private static final int AFTER = COLUMNS.add("after", LedgerRow::after);
    private static final int PREVIOUS =
            COLUMNS.add("previous", row -> row.previous().bytes());
    private static final int HASH = COLUMNS.add("hash", row -> row.hash().bytes());

    private static final String OWNER = Actor.Kind.OWNER.word();

    /** Separates {@code owner} and the name of the local user. */
    private static final String BEFORE_USER = ":";

    public LedgerRow {
        try {
            requireNonNull(kind);
            requireNonNull(actor);
            requireNonNull(previous);
            requireNonNull(hash);
        } catch (NullPointerException e) { // the columns are NOT NULL, but a damaged page may have lost a value
            throw new DamagedRow("ledger entry " + revision, e);
        }
    }

    /** The current row of a result set; throws a {@link DamagedRow} if Latchkey cannot have written it. */
    static LedgerRow read(ResultSet row) throws SQLException {
        return DamagedRow.unless("ledger entry", row, LedgerRow::readWhole);
    }

    private static LedgerRow readWhole(ResultSet row) throws SQLException {
        byte @Nullable [] actorDigest = row.getBytes(ACTOR_DIGEST);
        return new LedgerRow(
                row.getLong(REVISION),
                row.getLong(AT),
                row.getString(KIND),
                row.getString(ACTOR),
                TokenRow.integer(row, ACTOR_ID),
                row.getString(ACTOR_NAME),
                actorDigest == null ? null : TokenDigest.ofBytes(actorDigest),
                row.getLong(TOKEN_ID),
                row.getString(BEFORE),
                row.getString(AFTER),
                new ChainHash(row.getBytes(PREVIOUS)),
                new ChainHash(row.getBytes(HASH)));
    }

    /** Stands for a row that cannot be read; {@link LedgerChain#accept} always refuses it. */
    static LedgerRow damaged(long revision) {
        ChainHash none = new ChainHash(new byte[0]);
        return new LedgerRow(revision, 0, "", "", null, null, null, 0, null, null, none, none);
    }

    /** The row for an entry that follows a row with the hash {@code previous}. */
    static LedgerRow of(LedgerEntry entry, ChainHash previous) {
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

    private LedgerRow with(ChainHash newHash) {
        return new LedgerRow(
                revision, at, kind, actor, actorId, actorName, actorDigest, tokenId, before, after, previous, newHash);
    }

    /** The same row with another revision and an unchanged hash. */
    LedgerRow numbered(long number) {
        return new LedgerRow(
                number, at, kind, actor, actorId, actorName, actorDigest, tokenId, before, after, previous, hash);
    }

    private static String actor(Actor actor) {
        return actor instanceof Actor.FileOwner(var user) && user.isPresent()
                ? OWNER + BEFORE_USER + user.get()
                : actor.kind().word();
    }

    /** The recorded entries; see {@link #toEntry}. */
    public static List<LedgerEntry> entries(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::toEntry).toList();
    }

    /** The recorded entry; throws a {@link DamagedRow} if Latchkey cannot have written the row. */
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
            case LEDGER_ACCEPTED -> new TokenEvent.LedgerAccepted(toActor(), when, token(after));
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
