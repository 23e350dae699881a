package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresUrlTest {
    @Test
    void has_hosts_with_ports_a_user_a_database_and_parameters() {
        assertThat(PostgresUrl.parse(
                        "postgresql://al%40ice@db1:5433,[::1],db2/tok%2Bens?sslmode=verify-full&connect_timeout=3"))
                .isEqualTo(new PostgresUrl(
                        List.of(
                                new PostgresUrl.Host("db1", 5433),
                                new PostgresUrl.Host("::1", 5432),
                                new PostgresUrl.Host("db2", 5432)),
                        Optional.of("tok+ens"),
                        Optional.of("al@ice"),
                        Map.of("sslmode", "verify-full", "connect_timeout", "3")));
    }

    @Test
    void lacks_what_was_not_given() {
        assertThat(PostgresUrl.parse("postgres://"))
                .isEqualTo(new PostgresUrl(
                        List.of(new PostgresUrl.Host("localhost", 5432)),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://alice@db:5432/latchkey?sslmode=require, postgresql://alice@db/latchkey",
        "postgres://[::1]:99, postgresql://[::1]:99",
        "postgres://[fe80::]:99, postgresql://[fe80::]:99",
        "postgresql://:5433/x, postgresql://localhost:5433/x",
        "postgresql:///x, postgresql://localhost/x",
        "postgresql://@db/x, postgresql://db/x",
        "postgresql://db:1, postgresql://db:1",
        "postgresql://db:65535, postgresql://db:65535",
        "postgresql://db:10980, postgresql://db:10980",
        "postgresql://?sslmode=require, postgresql://localhost",
    })
    void its_text_has_no_parameters(String url, String text) {
        assertThat(PostgresUrl.parse(url)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://a:s3cret@db/x, no password",
        "postgresql://:s3cret@db/x, no password",
        "postgresql://#, write %23",
        "postgresql://db//x, without '/'",
        "postgresql://db/x?=v, unknown parameter ''",
        "postgresql://db:655350/x, a port from 1 to 65535",
        "postgresql://db:/x, a port from 1 to 65535",
        "postgresql://db:5a/x, a port from 1 to 65535",
        "postgresql://db/x?password=s3cret, no password",
        "postgresql://db/x?user=a, unknown parameter 'user'",
        "postgresql://db/x?sslmode=on, one of disable",
        "postgresql://db/x?connect_timeout=0, from 1 to 999",
        "postgresql://db/x?sslmode=allow&sslmode=allow, once",
        "postgresql://db/x?sslrootcert, =VALUE",
        "postgresql://db/x/y, without '/'",
        "postgresql://db:0/x, a port from 1 to 65535",
        "postgresql://db:65536/x, a port from 1 to 65535",
        "postgresql://db:x/x, a port from 1 to 65535",
        "postgresql://%2Frun%2Fpostgresql/x, Unix-domain socket",
        "postgresql://db/%zz, two hexadecimal digits",
        "postgresql://db/x#y, write %23",
    })
    void says_what_is_wrong_and_repeats_no_password(String url, String sentence) {
        assertThatThrownBy(() -> PostgresUrl.parse(url))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRESQL://db/x", "jdbc:postgresql://db/x", "/var/lib/postgresql://x", "latchkey.db"})
    void other_texts_are_none(String text) {
        assertThat(PostgresUrl.isUrl(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://db/x", "postgres://"})
    void these_texts_are_some(String text) {
        assertThat(PostgresUrl.isUrl(text)).isTrue();
    }
}
