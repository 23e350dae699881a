package io.latchkey.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.Eventually;
import io.latchkey.application.LostLedger;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that has lost its newest entries, as after the restore of a backup. */
final class LostEntriesTest {
    private static final TokenName CI = new TokenName("ci");

    @TempDir
    private Path state;

    private final StoreLocation.Postgres database = Postgres.database();
    private final Node witness = new Node(database);
    private TokenSecret operator = TokenSecret.presented("unset");
    private TokenSecret revoked = operator;

    /** A server: a store of its own, and an authority that follows it. */
    private static final class Node implements AutoCloseable {
        private final TokenStore store;
        private final TokenAuthority authority;

        Node(StoreLocation.Postgres location) {
            store = PostgresTokenStore.open(location);
            authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom());
        }

        Node start() {
            authority.start();
            return this;
        }

        TokenAdministration owner() {
            return authority.actingAs(new Actor.FileOwner()).tokens();
        }

        Verdict verdict(TokenSecret secret) {
            return authority.check(secret);
        }

        void awaitVerdict(TokenSecret secret, Class<? extends Verdict> kind) {
            var _ = Eventually.get(() -> verdict(secret), kind::isInstance);
        }

        @Override
        public void close() {
            authority.close();
            store.close();
        }
    }

    @AfterEach
    void close() {
        witness.close();
    }

    /** The witness revokes a token; then the database is as it was before, as psql or a backup can make it. */
    private void loseRevocation() {
        witness.start();
        operator = witness.owner().createOperator().secret();
        revoked = witness.owner()
                .createNamed(CI, Lifetime.UNLIMITED, Description.NONE)
                .secret();
        Postgres.execute(database, "CREATE TABLE kept_token AS SELECT * FROM token");
        Postgres.execute(database, "CREATE TABLE kept_head AS SELECT * FROM ledger_head");
        witness.owner().revoke(CI, Precondition.NONE);
        witness.awaitVerdict(revoked, Verdict.Refused.class);
        rewind();
    }

    private void rewind() {
        Postgres.execute(database, """
                BEGIN;
                DELETE FROM ledger WHERE revision > 2;
                DELETE FROM token;
                INSERT INTO token SELECT * FROM kept_token;
                UPDATE ledger_head SET (epoch, revision, hash, lost_revision) =
                    (SELECT epoch, revision, hash, lost_revision FROM kept_head);
                COMMIT""");
    }

    @Test
    void a_server_that_knows_them_goes_on_refusing_what_they_ended_and_nothing_is_changed() {
        loseRevocation();
        var _ = Eventually.get(witness.authority::ledgerLoss, Optional::isPresent);
        assertThat(witness.authority.ledgerLoss()).contains(new LedgerLoss(2, 3));
        assertThat(witness.store.loss()).contains(new LedgerLoss(2, 3));
        assertThat(witness.verdict(revoked)).isInstanceOf(Verdict.Refused.class);
        assertThat(witness.verdict(operator)).isInstanceOf(Verdict.Accepted.class);
        assertThatThrownBy(() -> witness.owner().regenerateOperator())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("latchkey accept ledger");
        try (Node other = new Node(database)) {
            assertThatThrownBy(() -> other.owner().regenerateOperator()).isInstanceOf(AuthorityUnavailable.class);
        }
    }

    @Test
    void a_server_that_does_not_know_them_gives_no_verdicts_until_they_are_given_up() {
        loseRevocation();
        var _ = Eventually.get(witness.store::loss, Optional::isPresent);
        try (Node other = new Node(database).start()) {
            assertThat(other.verdict(operator)).isInstanceOf(Verdict.Unavailable.class);
            assertThat(other.authority.ledgerLoss()).isPresent();
            LostLedger.accept(witness.store, new Actor.FileOwner(), InstantSource.system());
            other.awaitVerdict(operator, Verdict.Accepted.class);
            witness.awaitVerdict(revoked, Verdict.Accepted.class);
            assertThat(other.verdict(revoked)).isInstanceOf(Verdict.Accepted.class);
            assertThat(other.authority.ledgerLoss()).isEmpty();
            assertThat(witness.authority.ledgerLoss()).isEmpty();
            assertThat(witness.store.loss()).isEmpty();
            witness.owner().revoke(CI, Precondition.NONE);
            assertThat(other.verdict(revoked)).isInstanceOf(Verdict.Refused.class);
        }
        assertThat(witness.store.tail(2))
                .extracting(entry -> entry.event().kind())
                .containsExactly(TokenEvent.Kind.LEDGER_ACCEPTED, TokenEvent.Kind.REVOKED);
        assertThat(witness.store.firstBroken()).isEmpty();
    }

    @Test
    void a_whole_ledger_cannot_be_accepted() {
        witness.start();
        operator = witness.owner().createOperator().secret();
        assertThatThrownBy(() -> LostLedger.accept(witness.store, new Actor.FileOwner(), InstantSource.system()))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("there is nothing to accept");
        assertThat(witness.store.revision()).isEqualTo(1);
    }

    @Test
    void a_ledger_that_has_lost_even_the_operator_token_is_accepted_without_an_entry() {
        loseRevocation();
        Postgres.execute(database, """
                BEGIN; DELETE FROM ledger; DELETE FROM token;
                UPDATE ledger_head SET revision = 0, hash = ''; COMMIT""");
        var _ = Eventually.get(witness.store::loss, Optional::isPresent);
        assertThat(LostLedger.accept(witness.store, new Actor.FileOwner(), InstantSource.system()))
                .isZero();
        witness.awaitVerdict(operator, Verdict.Refused.class);
        assertThat(witness.owner().createOperator().id().value()).isZero();
    }

    @Test
    void a_server_with_a_state_folder_notices_after_a_restart_what_was_lost_meanwhile() throws IOException {
        StoreLocation.Postgres own = new StoreLocation.Postgres(
                database.url(),
                Optional.empty(),
                Optional.of(state.resolve("deep").resolve("state")));
        try (Node before = new Node(own).start()) {
            loseRevocation();
            rewind();
            var _ = Eventually.get(before.authority::ledgerLoss, Optional::isPresent);
        }
        witness.close();
        Path file = state.resolve("deep/state/newest-entry");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Postgres.execute(database, "UPDATE ledger_head SET lost_revision = NULL");
        try (Node after = new Node(own).start()) {
            assertThat(after.verdict(operator)).isInstanceOf(Verdict.Unavailable.class);
            assertThat(after.store.loss()).contains(new LedgerLoss(2, 3));
            LostLedger.accept(after.store, new Actor.FileOwner(), InstantSource.system());
            after.awaitVerdict(operator, Verdict.Accepted.class);
        }
        try (Node again = new Node(own).start()) {
            assertThat(again.verdict(operator)).isInstanceOf(Verdict.Accepted.class);
        }
    }

    @Test
    void what_was_remembered_of_another_database_means_nothing() {
        StoreLocation.Postgres other = Postgres.database();
        Optional<Path> folder = Optional.of(state);
        try (Node one = new Node(new StoreLocation.Postgres(database.url(), Optional.empty(), folder)).start()) {
            var _ = one.owner().createOperator();
        }
        try (Node two = new Node(new StoreLocation.Postgres(other.url(), Optional.empty(), folder)).start()) {
            assertThat(two.authority.givesVerdicts()).isTrue();
        }
    }
}
