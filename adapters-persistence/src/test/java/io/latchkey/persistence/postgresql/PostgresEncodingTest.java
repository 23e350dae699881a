package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PostgresUrl;
import io.latchkey.application.StoreLocation;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void a_database_that_cannot_store_every_name_is_refused(String encoding) {
        StoreLocation.Postgres any = Postgres.database();
        String name = "encoded_" + encoding.toLowerCase(Locale.ROOT);
        Postgres.execute(any, "CREATE DATABASE " + name + " ENCODING '" + encoding + "' LOCALE 'C' TEMPLATE template0");
        String address = any.url().toString();
        StoreLocation.Postgres encoded = new StoreLocation.Postgres(
                PostgresUrl.parse(address.substring(0, address.lastIndexOf('/') + 1) + name),
                any.password(),
                any.state());
        try (var store = PostgresTokenStore.open(encoded)) {
            assertThatThrownBy(store::revision)
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessage(encoded + " has the encoding " + encoding + ", which not all names fit in: create it"
                            + " with `createdb --encoding UTF8 --template template0`");
        }
    }
}
