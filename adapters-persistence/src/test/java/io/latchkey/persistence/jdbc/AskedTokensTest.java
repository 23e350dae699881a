package io.latchkey.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.persistence.postgresql.Postgres;
import io.latchkey.persistence.postgresql.PostgresTokenStore;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the tokens were read that requests ask for, they are decided with the connection closed. */
final class AskedTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor OWNER = new Actor.FileOwner();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TokenName ROTATED = new TokenName("rotated");

    @TempDir
    private Path folder;

    private final TokenDigest former = digest();
    private final TokenDigest current = digest();
    private Path file = Path.of("");

    private static TokenDigest digest() {
        return TokenSecret.generate(RANDOM).digest();
    }

    private static Change create(String name) {
        return new Change.CreateNamed(new TokenName(name), digest(), Lifetime.UNLIMITED, Description.NONE);
    }

    private static Rotation rotate(TokenDigest next) {
        return new Rotation.Begin(ROTATED, next, GracePeriod.NONE, Optional.empty(), Precondition.NONE);
    }

    @BeforeEach
    void one_token_has_replaced_its_secret() {
        file = folder.resolve("latchkey.db");
        fill(SqliteTokenStore.open(file));
    }

    private void fill(TokenStore store) {
        Change create = new Change.CreateNamed(ROTATED, former, Lifetime.UNLIMITED, Description.NONE);
        try (store) {
            store.append(tokens -> create.decide(tokens, OWNER, NOW));
            store.append(tokens -> rotate(current).decide(tokens, OWNER, NOW));
            store.append(tokens -> create("other").decide(tokens, OWNER, NOW));
        }
    }

    private AskedTokens read(List<Change> changes, Actor actor) throws Exception {
        return read(DriverManager.getConnection("jdbc:sqlite:" + file), changes, actor);
    }

    /** Closes the connection. */
    private static AskedTokens read(Connection connection, List<Change> changes, Actor actor) throws Exception {
        try (connection) {
            AskedTokens asked = new AskedTokens(new StoredTokens(connection), new TokenId(2));
            asked.read(changes, (change, tokens) -> tokens.apply(change.decide(tokens, actor, NOW)));
            return asked;
        }
    }

    @Test
    void new_tokens_need_no_further_question() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            changes.add(create("token " + i));
        }
        PendingTokens tokens = new PendingTokens(read(changes, OWNER));
        changes.forEach(change -> tokens.apply(change.decide(tokens, OWNER, NOW)));
        assertThat(tokens.nextId()).isEqualTo(new TokenId(22));
        assertThatThrownBy(() -> tokens.find(new TokenName("never asked for")))
                .isInstanceOf(UncheckedSqlException.class);
    }

    @Test
    void a_question_that_follows_from_an_answer_is_answered_too() throws Exception {
        TokenDigest next = digest();
        AskedTokens tokens = read(List.of(rotate(next)), holder());
        Token token = tokens.find(ROTATED).orElseThrow();
        assertThat(token.secrets().digests()).containsExactlyInAnyOrder(former, current);
        assertThat(tokens.find(current)).contains(token);
        assertThat(tokens.find(token.id())).contains(token);
        assertThat(tokens.find(next)).isEmpty();
    }

    @Test
    void a_former_secret_finds_its_token() throws Exception {
        Change reuse = new Change.CreateNamed(new TokenName("thief"), former, Lifetime.UNLIMITED, Description.NONE);
        AskedTokens tokens = read(List.of(reuse), OWNER);
        assertThat(tokens.find(former).map(Token::name)).contains(ROTATED);
        assertThat(tokens.find(new TokenName("thief"))).isEmpty();
    }

    @Test
    void a_secret_whose_rotation_was_undone_finds_its_token() throws Exception {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            TokenDigest next = digest();
            GracePeriod grace = GracePeriod.parse("1d");
            TokenName name = new TokenName("other");
            Rotation begin = new Rotation.Begin(name, next, grace, Optional.empty(), Precondition.NONE);
            store.append(tokens -> begin.decide(tokens, OWNER, NOW));
            store.append(tokens -> new Rotation.Undo(name, Precondition.NONE).decide(tokens, OWNER, NOW));
            Change revoke = new Change.Revoke(name, Precondition.NONE);
            assertThat(read(List.of(revoke), OWNER).find(name))
                    .isEqualTo(store.find(name))
                    .isPresent();
        }
    }

    private Actor holder() {
        return new Actor.Holder(new TokenId(0), ROTATED, current);
    }

    /** The owner asks for a name first, and the holder of a token for a digest. */
    @Test
    void names_alone_and_digests_alone_can_be_asked_for_in_PostgreSQL() throws Exception {
        StoreLocation.Postgres database = Postgres.database();
        fill(PostgresTokenStore.open(database));
        List<Change> revoke = List.of(new Change.Revoke(ROTATED, Precondition.NONE));
        for (Actor actor : List.of(OWNER, holder())) {
            AskedTokens tokens = read(Postgres.connect(database), revoke, actor);
            assertThat(tokens.find(ROTATED).map(Token::id)).contains(new TokenId(0));
        }
    }
}
