package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenAuthority;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.persistence.jdbc.ManyTokens;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of many tokens is read on two connections and is still consistent. */
final class LargeSnapshotTest {
    private static final int TOKENS = 10_050;
    private static final TokenName LOWEST = new TokenName("token-0");
    private static final TokenName HIGHEST = new TokenName("token-" + (TOKENS - 1));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void fill() throws SQLException {
        file = directory.resolve("latchkey.db");
        ManyTokens.fill(file, TOKENS);
    }

    @Test
    void holds_every_token_once_in_the_order_of_their_ids() {
        try (TokenStore opened = SqliteTokenStore.open(file)) {
            assertThat(opened.snapshot().tokens())
                    .extracting(token -> token.id().value())
                    .containsExactlyElementsOf(
                            LongStream.range(0, TOKENS).boxed().toList());
        }
    }

    @Test
    void shows_both_halves_at_one_revision_while_another_process_changes_them() throws Exception {
        var done = new AtomicBoolean();
        try (TokenStore reader = SqliteTokenStore.open(file);
                TokenStore writer = SqliteTokenStore.open(file)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> changeInTurns(writer, done));
            try {
                for (int i = 0; i < 40; i++) {
                    TokenStore.Snapshot snapshot = reader.snapshot();
                    long changes = snapshot.revision() - TOKENS;
                    assertThat(changesOf(snapshot.tokens().getFirst())).isEqualTo((changes + 1) / 2);
                    assertThat(changesOf(snapshot.tokens().getLast())).isEqualTo(changes / 2);
                }
            } finally {
                done.set(true);
                writing.join();
            }
        }
    }

    private static void changeInTurns(TokenStore store, AtomicBoolean done) {
        try (var authority = new TokenAuthority(store, InstantSource.system(), new SecureRandom())) {
            var owner = authority.actingAs(new Actor.FileOwner());
            for (int i = 0; !done.get(); i++) {
                var edit =
                        new TokenEdit(Optional.empty(), Optional.of(new Description("change " + i)), Optional.empty());
                owner.tokens().edit(i % 2 == 0 ? LOWEST : HIGHEST, edit, Precondition.NONE);
            }
        }
    }

    private static long changesOf(Token token) {
        return token.version().number() - 1;
    }
}
