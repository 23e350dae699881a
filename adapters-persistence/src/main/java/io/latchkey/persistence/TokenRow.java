package io.latchkey.persistence;

import static java.util.Objects.requireNonNull;

import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Reason;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenVersion;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.model.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code token}; instants are milliseconds since 1970. */
@MappedEntity("token")
record TokenRow(
        @Id long id,
        long version,
        String name,

        @MappedProperty(type = DataType.BYTE_ARRAY, converter = DigestColumn.class)
        TokenDigest digest,

        String description,
        @Nullable Long expiresAt,
        long createdAt,
        @Nullable Long createdBy,
        @Nullable Long changedAt,
        @Nullable Long changedBy,
        int generation,
        @Nullable Long disabledAt,
        @Nullable String disabledReason,
        @Nullable String rotationKey,
        @Nullable Long rotatedAt) {

    TokenRow {
        try {
            requireNonNull(name);
            requireNonNull(digest);
            requireNonNull(description);
        } catch (NullPointerException e) { // the columns are NOT NULL, but a damaged page knows no rules
            throw new DamagedRow("token " + id, e);
        }
    }

    /** The columns in the order in which {@link #values} gives them. */
    static final String COLUMNS =
            "id, version, name, digest, description, expires_at, created_at, created_by, changed_at, changed_by,"
                    + " generation, disabled_at, disabled_reason, rotation_key, rotated_at";

    /**
     * What {@link #read} takes: the columns, and whether six of them are empty, as in all tokens that were never changed.
     * To ask the driver for each takes a quarter of the time in which a million tokens are loaded.
     */
    static final String SELECTED = COLUMNS + ", changed_at IS NULL AND disabled_at IS NULL AND rotated_at IS NULL";

    static TokenRow of(Token token) {
        return new TokenRow(
                token.id().value(),
                token.version().number(),
                token.name().value(),
                token.digest(),
                token.description().text(),
                token.expiry().end().map(Instant::toEpochMilli).orElse(null),
                token.createdAt().toEpochMilli(),
                token.createdBy().map(TokenId::value).orElse(null),
                token.lastChange().map(change -> change.at().toEpochMilli()).orElse(null),
                token.lastChange()
                        .flatMap(Token.LastChange::by)
                        .map(TokenId::value)
                        .orElse(null),
                token.secrets().generation(),
                token.disablement().map(rest -> rest.since().toEpochMilli()).orElse(null),
                token.disablement().map(rest -> rest.reason().text()).orElse(null),
                token.secrets()
                        .lastKeyed()
                        .map(SecretDigests.KeyedRotation::key)
                        .orElse(null),
                token.secrets()
                        .lastKeyed()
                        .map(last -> last.at().toEpochMilli())
                        .orElse(null));
    }

    /** The values of the {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            version,
            name,
            digest.bytes(),
            description,
            expiresAt,
            createdAt,
            createdBy,
            changedAt,
            changedBy,
            generation,
            disabledAt,
            disabledReason,
            rotationKey,
            rotatedAt
        };
    }

    /** The row a result set stands on. */
    static TokenRow read(ResultSet row) throws SQLException {
        return DamagedRow.unless("token", row, TokenRow::readWhole);
    }

    private static TokenRow readWhole(ResultSet row) throws SQLException {
        boolean unchanged = row.getInt(16) == 1;
        return new TokenRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                DigestColumn.read(row.getBytes(4)),
                row.getString(5),
                integer(row, 6),
                row.getLong(7),
                integer(row, 8),
                unchanged ? null : integer(row, 9),
                unchanged ? null : integer(row, 10),
                row.getInt(11),
                unchanged ? null : integer(row, 12),
                unchanged ? null : row.getString(13),
                unchanged ? null : row.getString(14),
                unchanged ? null : integer(row, 15));
    }

    /** A whole number, which may be missing. */
    static @Nullable Long integer(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 && row.wasNull() ? null : value;
    }

    /**
     * The token with the secrets that it had before; a {@link DamagedRow} if no rule of tokens could have let it
     * in.
     */
    Token toToken(List<FormerSecret> former) {
        try {
            return new Token(
                    new TokenVersion(new TokenId(id), version),
                    new TokenName(name),
                    new SecretDigests(digest, generation, former, lastKeyed()),
                    description.isEmpty() ? Description.NONE : new Description(description),
                    expiresAt == null ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(expiresAt)),
                    Instant.ofEpochMilli(createdAt),
                    id(createdBy),
                    changedAt == null
                            ? Optional.empty()
                            : Optional.of(new Token.LastChange(Instant.ofEpochMilli(changedAt), id(changedBy))),
                    rest());
        } catch (RuntimeException e) {
            throw new DamagedRow("token " + id, e);
        }
    }

    private Optional<SecretDigests.KeyedRotation> lastKeyed() {
        return rotationKey == null || rotatedAt == null
                ? Optional.empty()
                : Optional.of(new SecretDigests.KeyedRotation(rotationKey, Instant.ofEpochMilli(rotatedAt)));
    }

    private Optional<Disablement> rest() {
        return disabledAt == null
                ? Optional.empty()
                : Optional.of(new Disablement(
                        Instant.ofEpochMilli(disabledAt),
                        disabledReason == null ? Reason.NONE : new Reason(disabledReason)));
    }

    private static Optional<TokenId> id(@Nullable Long value) {
        return value == null ? Optional.empty() : Optional.of(new TokenId(value));
    }
}
