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

/** A service of somebody else's, in a package of its own, that decides by itself who may pass. */
class InProcessTest {
    @TempDir
    Path folder;

    @Test
    void a_service_needs_three_lines() {
        Path path = folder.resolve("tokens.db");
        String presented = administrator(path);
        // What the documentation of the application shows:
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
    void can_be_opened_again_after_it_was_closed() {
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
    void a_file_of_another_kind_is_refused_by_name() throws Exception {
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
