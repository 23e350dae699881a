package io.latchkey.persistence;

import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenVersion;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.model.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
        @Nullable Long changedBy) {

    /** The columns in the order in which {@link #read} takes them and {@link #values} gives them. */
    static final String COLUMNS =
            "id, version, name, digest, description, expires_at, created_at, created_by, changed_at, changed_by";

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
                        .orElse(null));
    }

    /** The values of the {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id, version, name, digest.bytes(), description, expiresAt, createdAt, createdBy, changedAt, changedBy
        };
    }

    /** The row a result set stands on. */
    static TokenRow read(ResultSet row) throws SQLException {
        return new TokenRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                DigestColumn.read(row.getBytes(4)),
                row.getString(5),
                integer(row, 6),
                row.getLong(7),
                integer(row, 8),
                integer(row, 9),
                integer(row, 10));
    }

    /** A whole number, which may be missing. */
    static @Nullable Long integer(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 && row.wasNull() ? null : value;
    }

    /** The token; a {@link DataAccessException} if no rule of tokens could have let it in. */
    Token toToken() {
        try {
            return new Token(
                    new TokenVersion(new TokenId(id), version),
                    new TokenName(name),
                    digest,
                    description.isEmpty() ? Description.NONE : new Description(description),
                    expiresAt == null ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(expiresAt)),
                    Instant.ofEpochMilli(createdAt),
                    id(createdBy),
                    changedAt == null
                            ? Optional.empty()
                            : Optional.of(new Token.LastChange(Instant.ofEpochMilli(changedAt), id(changedBy))));
        } catch (TokenFailure | IllegalArgumentException e) {
            throw new DataAccessException("token " + id + " is not as it was written", e);
        }
    }

    private static Optional<TokenId> id(@Nullable Long value) {
        return value == null ? Optional.empty() : Optional.of(new TokenId(value));
    }
}
