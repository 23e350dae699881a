package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On which tokens no verdict can be given while entries are pending. */
final class PendingEntriesTest {
    private static final TokenName CI = new TokenName("ci");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final PendingEntries pending = new PendingEntries();

    private LedgerEntry record(Change change) {
        return store.append(
                tokens -> change.decide(tokens, new Actor.FileOwner(), Instant.parse("2026-03-01T12:00:00Z")));
    }

    private LedgerEntry create(TokenName name) {
        return record(new Change.CreateNamed(
                name, TokenSecret.presented(name.value()).digest(), Lifetime.UNLIMITED, Description.NONE));
    }

    private LedgerEntry disable() {
        return record(new Change.Disable(CI, Reason.NONE, Precondition.NONE));
    }

    @Test
    void a_token_is_marked_until_its_last_change_is_applied() {
        create(CI);
        LedgerEntry first = disable();
        LedgerEntry last = disable();
        pending.mark(Map.of(last.event().tokenId(), last.revision()));
        pending.folded(first);
        assertThat(pending.isMarked(last.event().tokenId())).isTrue();
        pending.folded(create(new TokenName("web")));
        assertThat(pending.isMarked(last.event().tokenId()))
                .as("of another token")
                .isTrue();
        pending.folded(last);
        assertThat(pending.isMarked(last.event().tokenId())).isFalse();
    }

    @Test
    void a_token_that_was_changed_once_more_is_marked_no_longer() {
        create(CI);
        LedgerEntry marked = disable();
        pending.mark(Map.of(marked.event().tokenId(), marked.revision()));
        pending.folded(disable());
        assertThat(pending.isMarked(marked.event().tokenId())).isFalse();
    }
}
