package io.latchkey.persistence;

import io.latchkey.domain.TokenDigest;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The table {@code token}, on the connection of the {@link Lane} that the calling thread is in. */
@JdbcRepository(dialect = Dialect.ANSI)
interface TokenRepository extends GenericRepository<TokenRow, Long> {
    Optional<TokenRow> findById(long id);

    Optional<TokenRow> findByName(String name);

    Optional<TokenRow> findByDigest(TokenDigest digest);

    @Query("SELECT EXISTS (SELECT 1 FROM token)")
    int any();

    void save(TokenRow row);

    void update(TokenRow row);

    void deleteById(long id);
}
