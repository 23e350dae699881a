package io.latchkey.persistence.jdbc;

import static java.util.Objects.requireNonNull;

import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Labels;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as a flat row of values: a row of the table {@code token}, and the members of the JSON that the ledger keeps.
 * Instants are milliseconds since 1970.
 *
 * @param permissions separated by spaces; null for an admin token
 * @param origins networks, separated by spaces
 * @param labels each on a line
 * @param routes each on a line
 */
record TokenRow(
        long id,
        long version,
        String name,
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
        @Nullable Long rotatedAt,
        @Nullable String permissions,
        @Nullable String origins,
        @Nullable Long notBefore,
        @Nullable String owner,
        @Nullable String labels,
        @Nullable String routes) {

    /** The columns of the table, and in the same order the members of the JSON. */
    static final Columns<TokenRow> COLUMNS = new Columns<>();

    private static final int ID = COLUMNS.add("id", TokenRow::id);
    private static final int VERSION = COLUMNS.add("version", TokenRow::version);
    private static final int NAME = COLUMNS.add("name", TokenRow::name);
    private static final int DIGEST = COLUMNS.add("digest", row -> row.digest().bytes());
    private static final int DESCRIPTION = COLUMNS.add("description", TokenRow::description);
    private static final int EXPIRES_AT = COLUMNS.add("expires_at", TokenRow::expiresAt);
    private static final int CREATED_AT = COLUMNS.add("created_at", TokenRow::createdAt);
    private static final int CREATED_BY = COLUMNS.add("created_by", TokenRow::createdBy);
    private static final int CHANGED_AT = COLUMNS.add("changed_at", TokenRow::changedAt);
    private static final int CHANGED_BY = COLUMNS.add("changed_by", TokenRow::changedBy);
    static final int GENERATION = COLUMNS.add("generation", TokenRow::generation);
    private static final int DISABLED_AT = COLUMNS.add("disabled_at", TokenRow::disabledAt);
    private static final int DISABLED_REASON = COLUMNS.add("disabled_reason", TokenRow::disabledReason);
    private static final int ROTATION_KEY = COLUMNS.add("rotation_key", TokenRow::rotationKey);
    private static final int ROTATED_AT = COLUMNS.add("rotated_at", TokenRow::rotatedAt);
    private static final int PERMISSIONS = COLUMNS.add("permissions", TokenRow::permissions);
    private static final int ORIGINS = COLUMNS.add("origins", TokenRow::origins);
    private static final int NOT_BEFORE = COLUMNS.add("not_before", TokenRow::notBefore);
    private static final int OWNER = COLUMNS.add("owner", TokenRow::owner);
    private static final int LABELS = COLUMNS.add("labels", TokenRow::labels);
    private static final int ROUTES = COLUMNS.add("routes", TokenRow::routes);

    /**
     * The select list that {@link #read(ResultSet)} needs: all columns, and one that is 1 if the columns of a later change
     * and of attributes are empty, as in most tokens. To read each of these from the driver takes a quarter of the time in which a million
     * tokens are loaded.
     */
    static final String SELECTED = COLUMNS.list()
            + ", CASE WHEN changed_at IS NULL AND disabled_at IS NULL AND rotated_at IS NULL AND permissions IS NULL"
            + " AND origins IS NULL AND not_before IS NULL AND owner IS NULL AND labels IS NULL"
            + " AND routes IS NULL THEN 1 ELSE 0 END";

    /** The row of a token; its former secrets are in a table of their own. */
    static TokenRow of(Token token) {
        Attributes attributes = token.attributes();
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
                token.disablement()
                        .map(disablement -> disablement.since().toEpochMilli())
                        .orElse(null),
                token.disablement()
                        .map(disablement -> disablement.reason().text())
                        .orElse(null),
                token.secrets()
                        .lastKeyed()
                        .map(SecretDigests.KeyedRotation::key)
                        .orElse(null),
                token.secrets()
                        .lastKeyed()
                        .map(last -> last.at().toEpochMilli())
                        .orElse(null),
                switch (attributes.rights()) {
                    case Rights.All() -> null;
                    case Permissions permissions -> String.join(" ", permissions.texts());
                },
                orNull(String.join(" ", attributes.from().texts())),
                attributes.notBefore().at().map(Instant::toEpochMilli).orElse(null),
                orNull(attributes.owner().text()),
                orNull(String.join("\n", attributes.labels().texts())),
                orNull(String.join("\n", attributes.routes().texts())));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The current row of a result set of {@link #SELECTED}; throws a {@link DamagedRow} if a value is malformed. */
    static TokenRow read(ResultSet row) throws SQLException {
        return DamagedRow.unless("token", row, current -> read(new Selected(current)));
    }

    /** The row with these values. */
    static TokenRow read(ColumnValues values) throws SQLException {
        return new TokenRow(
                values.number(ID),
                values.number(VERSION),
                values.text(NAME),
                values.digest(DIGEST),
                values.text(DESCRIPTION),
                values.optionalNumber(EXPIRES_AT),
                values.number(CREATED_AT),
                values.optionalNumber(CREATED_BY),
                values.optionalNumber(CHANGED_AT),
                values.optionalNumber(CHANGED_BY),
                Math.toIntExact(values.number(GENERATION)),
                values.optionalNumber(DISABLED_AT),
                values.optionalText(DISABLED_REASON),
                values.optionalText(ROTATION_KEY),
                values.optionalNumber(ROTATED_AT),
                values.optionalText(PERMISSIONS),
                values.optionalText(ORIGINS),
                values.optionalNumber(NOT_BEFORE),
                values.optionalText(OWNER),
                values.optionalText(LABELS),
                values.optionalText(ROUTES));
    }

    /** The values of a result set of {@link #SELECTED}. */
    private static final class Selected implements ColumnValues {
        private final ResultSet row;
        private final boolean unchanged;

        Selected(ResultSet row) throws SQLException {
            this.row = row;
            unchanged = row.getInt(COLUMNS.count() + 1) == 1;
        }

        private boolean isEmpty(int place) {
            return unchanged && place >= CHANGED_AT && place != GENERATION;
        }

        @Override
        public long number(int place) throws SQLException {
            return row.getLong(place);
        }

        @Override
        public @Nullable Long optionalNumber(int place) throws SQLException {
            return isEmpty(place) ? null : integer(row, place);
        }

        @Override
        public String text(int place) throws SQLException {
            return requireNonNull(row.getString(place));
        }

        @Override
        public @Nullable String optionalText(int place) throws SQLException {
            return isEmpty(place) ? null : row.getString(place);
        }

        @Override
        public TokenDigest digest(int place) throws SQLException {
            return TokenDigest.ofBytes(row.getBytes(place));
        }
    }

    /** An integer from a column; null if the column is {@code NULL}. */
    static @Nullable Long integer(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 && row.wasNull() ? null : value;
    }

    /**
     * The token of this row with its former secrets.
     *
     * @throws DamagedRow if the row breaks a rule of tokens, so that Latchkey cannot have written it
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
                    disablement(),
                    attributes());
        } catch (RuntimeException e) {
            throw new DamagedRow("token " + id, e);
        }
    }

    private Optional<SecretDigests.KeyedRotation> lastKeyed() {
        return rotationKey == null || rotatedAt == null
                ? Optional.empty()
                : Optional.of(new SecretDigests.KeyedRotation(rotationKey, Instant.ofEpochMilli(rotatedAt)));
    }

    private Optional<Disablement> disablement() {
        return disabledAt == null
                ? Optional.empty()
                : Optional.of(new Disablement(
                        Instant.ofEpochMilli(disabledAt),
                        disabledReason == null ? Reason.NONE : new Reason(disabledReason)));
    }

    private Attributes attributes() {
        return permissions == null
                        && origins == null
                        && notBefore == null
                        && owner == null
                        && labels == null
                        && routes == null
                ? Attributes.ADMIN
                : new Attributes(
                        permissions == null ? Rights.ALL : Permissions.parse(parts(permissions, " ")),
                        origins == null ? Origins.ANYWHERE : Origins.parse(parts(origins, " ")),
                        notBefore == null ? NotBefore.NONE : NotBefore.of(Instant.ofEpochMilli(notBefore)),
                        owner == null ? Owner.NONE : new Owner(owner),
                        labels == null ? Labels.NONE : Labels.parse(parts(labels, "\n")),
                        routes == null ? Routes.ANY : Routes.parse(parts(routes, "\n")));
    }

    private static List<String> parts(String text, String separator) {
        return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
    }

    private static Optional<TokenId> id(@Nullable Long value) {
        return value == null ? Optional.empty() : Optional.of(new TokenId(value));
    }
}
