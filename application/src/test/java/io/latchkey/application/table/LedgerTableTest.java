package io.latchkey.application.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ledger and the tokens as tables. */
final class LedgerTableTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TokenName CI = new TokenName("ci");
    private static final Actor ALICE = new Actor.FileOwner(LocalUser.called("alice"));

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final LedgerRecord issued =
            record(new Change.CreateNamed(CI, digest("one"), new Lifetime.Span(Duration.ofDays(1)), Description.NONE));
    private final Token token = issued.token();

    private LedgerRecord record(Change change) {
        return LedgerRecord.of(store.append(tokens -> change.decide(tokens, ALICE, NOW)));
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }

    private static List<String> csv(Table table) {
        return TableText.of(TableFormat.CSV.pieces(table)).whole().lines().toList();
    }

    @Test
    void an_entry_tells_people_what_has_changed() {
        LedgerRecord edited = record(new Change.Edit(
                CI,
                new TokenEdit(Optional.empty(), Optional.of(new Description("for the build")), Optional.empty()),
                Precondition.NONE));
        LedgerRecord rotated =
                record(new Rotation.Begin(CI, digest("two"), GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        LedgerRecord revoked = record(new Change.Revoke(CI, Precondition.NONE));
        assertThat(LedgerTable.changes(issued)).isEmpty();
        assertThat(LedgerTable.changes(edited)).isEqualTo("description none -> for the build");
        assertThat(LedgerTable.changes(rotated))
                .isEqualTo("generation 1 -> 2, hash " + digest("one").abbreviated() + " -> "
                        + digest("two").abbreviated());
        assertThat(LedgerTable.changes(revoked)).isEmpty();
        assertThat(csv(LedgerTable.brief(List.of(edited))))
                .containsExactly(
                        "revision,at,kind,token_id,token,actor,actor_name,changes",
                        "2,2026-03-01T12:00:00Z,edited,0,ci,owner,alice,description none -> for the build");
    }

    @Test
    void an_entry_tells_programs_all_properties_before_and_after() {
        List<String> lines = csv(LedgerTable.full(List.of(issued)));
        assertThat(lines.getFirst())
                .isEqualTo("revision,at,kind,actor,actor_token_id,actor_token_name,actor_hash,actor_user,token_id,"
                        + "before_name,before_description,before_expiry,before_disabled_since,before_disabled_reason,"
                        + "before_generation,before_hash,before_permissions,before_from,before_not_before,"
                        + "before_owner,before_labels,before_routes,"
                        + "after_name,after_description,after_expiry,after_disabled_since,after_disabled_reason,"
                        + "after_generation,after_hash,after_permissions,after_from,after_not_before,"
                        + "after_owner,after_labels,after_routes");
        assertThat(lines.getLast())
                .isEqualTo("1,2026-03-01T12:00:00Z,issued,owner,,,,alice,0,,,,,,,,,,,,,,"
                        + "ci,,2026-03-02T12:00:00Z,,,1," + digest("one").hex() + ",*:*:*,,,,,");
    }

    @Test
    void a_token_is_shown_with_its_state_and_its_uses() {
        ListedToken used = new ListedToken(
                token,
                List.of(new TokenUse(token.id(), 1, NOW, Optional.of("192.0.2.1"), 9)),
                Optional.of(List.of(
                        new PeriodUse(NOW, new UseCounts(2, 1, 0, 0, 0, 0, 0)),
                        new PeriodUse(NOW.plusSeconds(1), new UseCounts(3, 0, 1, 0, 0, 0, 0)))));
        ListedToken unused = new ListedToken(token, List.of());
        assertThat(csv(TokenFilter.table(List.of(used, unused), NOW)))
                .containsExactly(
                        "name,state,expiry,last_used_at,last_used_from,use_count,kind,permissions,from,not_before,"
                                + "owner,labels,routes,uses_14d,refusals_14d",
                        "ci,active,2026-03-02T12:00:00Z,2026-03-01T12:00:00Z,192.0.2.1,9,admin,*:*:*,,,,,,5,2",
                        "ci,active,2026-03-02T12:00:00Z,,,0,admin,*:*:*,,,,,,0,0");
    }
}
