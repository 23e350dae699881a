package io.latchkey.application.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which entries of the ledger a query finds. */
final class LedgerQueryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final LedgerRecord issued = LedgerRecord.of(new InMemoryTokenStore()
            .append(tokens -> new Change.CreateNamed(
                            new TokenName("ci"),
                            TokenSecret.presented("secret").digest(),
                            Lifetime.UNLIMITED,
                            Description.NONE,
                            Attributes.ADMIN)
                    .decide(tokens, new Actor.FileOwner(LocalUser.called("alice")), NOW)));

    private static LedgerQuery query(
            Optional<String> token, Optional<Instant> since, Optional<Instant> until, Optional<String> actor) {
        return new LedgerQuery(0, 7, token.map(TokenName::new), since, until, actor, Optional.empty(), Set.of());
    }

    private static LedgerQuery by(String actor) {
        return query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(actor));
    }

    @Test
    void a_query_with_a_condition_looks_at_more_entries_than_it_returns() {
        assertThat(query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                        .lookedAt())
                .isEqualTo(7);
        for (LedgerQuery selective : List.of(
                query(Optional.of("ci"), Optional.empty(), Optional.empty(), Optional.empty()),
                query(Optional.empty(), Optional.of(NOW), Optional.empty(), Optional.empty()),
                query(Optional.empty(), Optional.empty(), Optional.of(NOW), Optional.empty()),
                by("owner"),
                new LedgerQuery(
                        0,
                        7,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of("issued")))) {
            assertThat(selective.lookedAt()).isEqualTo(LedgerQuery.MOST);
        }
    }

    @Test
    void an_entry_is_found_by_its_token_its_time_and_its_actor() {
        Instant later = NOW.plusMillis(1);
        assertThat(query(Optional.of("ci"), Optional.of(NOW), Optional.of(later), Optional.of("owner"))
                        .matches(issued))
                .isTrue();
        assertThat(query(Optional.of("cd"), Optional.empty(), Optional.empty(), Optional.empty())
                        .matches(issued))
                .isFalse();
        assertThat(query(Optional.empty(), Optional.of(later), Optional.empty(), Optional.empty())
                        .matches(issued))
                .isFalse();
        assertThat(query(Optional.empty(), Optional.empty(), Optional.of(NOW), Optional.empty())
                        .matches(issued))
                .isFalse();
        assertThat(LedgerQuery.of(issued.token().id()).matches(issued)).isTrue();
        assertThat(LedgerQuery.of(new TokenId(7)).matches(issued)).isFalse();
    }

    @Test
    void a_renamed_token_is_found_by_both_of_its_names() {
        InMemoryTokenStore store = new InMemoryTokenStore();
        Actor owner = new Actor.FileOwner();
        store.append(tokens -> new Change.CreateNamed(
                        new TokenName("ci"),
                        TokenSecret.presented("secret").digest(),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN)
                .decide(tokens, owner, NOW));
        LedgerRecord renamed = LedgerRecord.of(store.append(tokens -> new Change.Edit(
                        new TokenName("ci"),
                        new TokenEdit(Optional.of(new TokenName("cd")), Optional.empty(), Optional.empty()),
                        Precondition.NONE)
                .decide(tokens, owner, NOW)));
        for (String name : List.of("ci", "cd", "ce")) {
            assertThat(query(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty())
                            .matches(renamed))
                    .as(name)
                    .isEqualTo(!name.equals("ce"));
        }
    }

    @Test
    void an_actor_is_called_by_its_kind_or_with_its_name() {
        for (String right : List.of("owner", "owner:alice")) {
            assertThat(by(right).matches(issued)).as(right).isTrue();
        }
        for (String wrong : List.of("holder", "owner:bob", "alice", ":alice", ":owner")) {
            assertThat(by(wrong).matches(issued)).as(wrong).isFalse();
        }
    }
}
