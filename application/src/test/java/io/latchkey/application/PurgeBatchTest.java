package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Deletion of many tokens in batches. */
final class PurgeBatchTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(1));

    private final InMemoryTokenStore store = new InMemoryTokenStore();

    private void issue(int count) {
        List<Function<Tokens, TokenEvent>> decisions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Change change = new Change.CreateNamed(
                    new TokenName("n" + i),
                    TokenSecret.presented("secret " + i).digest(),
                    new Lifetime.Span(Duration.ofHours(1)),
                    Description.NONE);
            decisions.add(tokens -> change.decide(tokens, new Actor.FileOwner(), NOW));
        }
        store.appendAll(decisions);
    }

    private final TokenRegistry registry =
            new TokenRegistry(store, () -> LATER, System::nanoTime, new BackgroundFailures());

    private PurgedTokens purge() {
        LocalAccess access = new LocalAccess(
                new Actor.FileOwner(),
                store,
                new InMemorySystemTables(),
                registry,
                () -> LATER,
                new SecureRandom(),
                ExpiryPolicy.NONE,
                SelfRotation.ALLOWED,
                new LastBackup(),
                ChangeWait.DEFAULT);
        return new PurgeBatch(access, new VisibleTokens(Rights.ALL), LATER).endAll(LATER);
    }

    @Test
    void deletes_up_to_the_limit_and_reports_that_there_are_more() {
        issue(PurgedTokens.MOST + 1);
        PurgedTokens first = purge();
        assertThat(first.tokens())
                .hasSize(PurgedTokens.MOST)
                .extracting(Token::id)
                .startsWith(TokenId.FIRST);
        assertThat(first.more()).isTrue();
        PurgedTokens second = purge();
        assertThat(second.tokens()).extracting(Token::id).containsExactly(new TokenId(PurgedTokens.MOST));
        assertThat(second.more()).isFalse();
        assertThat(store.snapshot().tokens()).isEmpty();
    }

    @Test
    void forgets_deleted_tokens_at_once() {
        issue(2);
        registry.load();
        purge();
        assertThat(registry.isEmpty()).isTrue();
        assertThat(registry.revision()).isEqualTo(store.revision());
    }

    @Test
    void deletes_no_token_that_has_not_expired() {
        issue(1);
        store.append(tokens -> new Change.CreateNamed(
                        new TokenName("lasting"),
                        TokenSecret.presented("lasting").digest(),
                        Lifetime.UNLIMITED,
                        Description.NONE)
                .decide(tokens, new Actor.FileOwner(), NOW));
        assertThat(purge().tokens()).extracting(token -> token.name().value()).containsExactly("n0");
    }

    @Test
    void skips_tokens_that_were_changed_or_deleted_meanwhile() {
        issue(400);
        store.beforeNextChange(() -> {
            revoke("n7");
            disable("n70");
            revoke("n399");
        });
        PurgedTokens purged = purge();
        assertThat(purged.tokens())
                .hasSize(397)
                .extracting(token -> token.name().value())
                .doesNotContain("n7", "n70", "n399");
        assertThat(store.snapshot().tokens())
                .extracting(token -> token.name().value())
                .containsExactly("n70");
    }

    private void revoke(String name) {
        store.append(tokens ->
                new Change.Revoke(new TokenName(name), Precondition.NONE).decide(tokens, new Actor.FileOwner(), NOW));
    }

    private void disable(String name) {
        store.append(tokens -> new Change.Disable(new TokenName(name), Reason.NONE, Precondition.NONE)
                .decide(tokens, new Actor.FileOwner(), NOW));
    }
}
