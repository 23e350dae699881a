package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The entries about one token, page by page. */
final class LedgerPagesTest {
    private static final TokenName CI = new TokenName("ci");

    private final TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), new ManualClock());
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());
    private final TokenId ci =
            owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE).id();

    @AfterEach
    void close() {
        authority.close();
    }

    private void edit(int times) {
        for (int i = 0; i < times; i++) {
            var edit = new TokenEdit(Optional.empty(), Optional.of(new Description("edit " + i)), Optional.empty());
            owner.tokens().edit(CI, edit, Precondition.NONE);
        }
    }

    private LedgerPage page(int limit, String kind) {
        return owner.ledger()
                .page(new LedgerQuery(
                        0,
                        limit,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ci),
                        Set.of(kind)));
    }

    @Test
    void a_full_page_may_be_followed_by_another() {
        edit(2);
        assertThat(page(1, "edited").lines()).hasSize(1);
        assertThat(page(1, "edited").next()).hasValue(2);
        assertThat(page(3, "edited").next()).isEmpty();
    }

    @Test
    void a_page_ends_after_a_thousand_entries_that_were_looked_at_although_none_matched() {
        edit(LedgerQuery.MOST - 2);
        assertThat(page(1, "revoked").next()).isEmpty();
        edit(1);
        assertThat(page(1, "revoked").lines()).isEmpty();
        assertThat(page(1, "revoked").next()).hasValue(LedgerQuery.MOST);
    }
}
