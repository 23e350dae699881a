package io.latchkey.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenAuthority;
import io.latchkey.domain.Actor;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program outside Latchkey's packages that verifies tokens in its own process. */
class InProcessTest {
    @TempDir
    Path folder;

    @Test
    void a_service_verifies_tokens_in_three_lines() {
        Path path = folder.resolve("tokens.db");
        String presented = administrator(path);
        // As in the package documentation of the application:
        try (var store = SqliteTokenStore.open(path);
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
            authority.start();
            assertThat(authority.authenticate(TokenSecret.presented(presented))).isInstanceOf(Verdict.Accepted.class);
            assertThat(authority.authenticate(TokenSecret.presented("nobody"))).isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void two_authorities_over_one_file_agree() {
        Path path = folder.resolve("tokens.db");
        try (var store = SqliteTokenStore.open(path);
                var other = SqliteTokenStore.open(path);
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
            var operator =
                    authority.actingAs(new Actor.LocalBootstrap()).tokens().createOperator();
            assertThat(other.find(operator.name()))
                    .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(operator.digest()));
        }
    }

    @Test
    void a_closed_store_can_be_opened_again() {
        Path path = folder.resolve("tokens.db");
        SqliteTokenStore.open(path).close();
        String presented = administrator(path);
        assertThat(folder.toFile().list()).containsExactly("tokens.db");
        try (var store = SqliteTokenStore.open(path)) {
            assertThat(store.snapshot().tokens()).hasSize(1);
        }
        assertThat(presented).startsWith("apiv3_");
    }

    @Test
    void a_foreign_file_is_refused_with_its_path() throws Exception {
        Path path = Files.writeString(folder.resolve("letter.txt"), "x".repeat(8192));
        try (var store = SqliteTokenStore.open(path);
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
            assertThatThrownBy(authority::start)
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining("letter.txt");
        }
    }

    /** The secret of a new token. */
    private static String administrator(Path path) {
        try (var store = SqliteTokenStore.open(path);
                var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
            return authority
                    .actingAs(new Actor.FileOwner())
                    .tokens()
                    .createOperator()
                    .secret()
                    .reveal();
        }
    }
}
