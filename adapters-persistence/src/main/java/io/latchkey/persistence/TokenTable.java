package io.latchkey.persistence;

import io.latchkey.domain.TokenDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code token} without a container, for a process that is over before one has started. */
final class TokenTable implements TokenRepository {
    private static final String SELECT = "SELECT " + TokenRow.SELECTED + " FROM token WHERE ";
    private static final Sql BY_ID = new Sql(SELECT + "id = ?");
    private static final Sql BY_NAME = new Sql(SELECT + "name = ?");
    private static final Sql BY_DIGEST = new Sql(SELECT + "digest = ?");
    private static final Sql ANY = new Sql("SELECT EXISTS (SELECT 1 FROM token)");
    private static final Sql INSERT = Sql.insert("token", TokenRow.COLUMNS);
    private static final Sql UPDATE =
            new Sql("UPDATE token SET " + TokenRow.COLUMNS.replace(",", " = ?,") + " = ? WHERE id = ?");
    private static final Sql DELETE = new Sql("DELETE FROM token WHERE id = ?");

    @Override
    public Optional<TokenRow> findById(long id) {
        return one(BY_ID, id);
    }

    @Override
    public Optional<TokenRow> findByName(String name) {
        return one(BY_NAME, name);
    }

    @Override
    public Optional<TokenRow> findByDigest(TokenDigest digest) {
        return one(BY_DIGEST, digest.bytes());
    }

    private static Optional<TokenRow> one(Sql query, Object value) {
        return query.all(TokenRow::read, value).stream().findFirst();
    }

    @Override
    public int any() {
        return ANY.all(row -> row.getInt(1)).getFirst();
    }

    @Override
    public void save(TokenRow row) {
        INSERT.run(row.values());
    }

    @Override
    public void update(TokenRow row) {
        @Nullable Object[] values = row.values();
        @Nullable Object[] andId = new @Nullable Object[values.length + 1];
        System.arraycopy(values, 0, andId, 0, values.length);
        andId[values.length] = row.id();
        UPDATE.run(andId);
    }

    @Override
    public void deleteById(long id) {
        DELETE.run(id);
    }
}
