package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ledger as every {@link TokenAdministration}, local or remote, returns it. */
public interface LedgerContract {
    /** The access of the holder of a secret to an authority that has no tokens when a test begins. */
    ActorAccess holding(TokenSecret secret);

    /** The access of a user without a token on the machine of the authority. */
    ActorAccess newcomer();

    /** The authority's clock. */
    ManualClock clock();

    private static LedgerQuery query() {
        return LedgerQuery.ALL;
    }

    private static LedgerQuery query(Optional<TokenName> token, Optional<Instant> since, Optional<String> actor) {
        return new LedgerQuery(0, LedgerQuery.MOST, token, since, Optional.empty(), actor, Optional.empty(), Set.of());
    }

    @Test
    default void the_ledger_records_actor_event_and_change() {
        IssuedToken operator = newcomer().tokens().createOperator();
        ActorAccess administration = holding(operator.secret());
        TokenName ci = new TokenName("ci");
        administration.tokens().createNamed(ci, Lifetime.UNLIMITED, new Description("for the build"));
        Token first = administration.tokens().find(ci);
        clock().advance(Duration.ofSeconds(2));
        Token second = administration
                .tokens()
                .edit(
                        ci,
                        new TokenEdit(Optional.of(new TokenName("cd")), Optional.empty(), Optional.empty()),
                        Precondition.NONE);
        administration.tokens().revoke(new TokenName("cd"), Precondition.NONE);

        List<LedgerRecord> lines = administration.ledger().page(query()).lines();
        assertThat(lines).extracting(LedgerRecord::kind).containsExactly("issued", "issued", "edited", "revoked");
        assertThat(lines).extracting(LedgerRecord::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(lines.getFirst().by())
                .isEqualTo(new LedgerRecord.ActorDescription(
                        "bootstrap", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(lines.get(1).by())
                .isEqualTo(new LedgerRecord.ActorDescription(
                        "holder",
                        Optional.of(operator.id()),
                        Optional.of(TokenName.OPERATOR),
                        Optional.of(operator.digest()),
                        Optional.empty()));
        assertThat(lines.get(2).at()).isEqualTo(clock().instant());
        assertThat(lines.get(1).before()).isEmpty();
        assertThat(lines.get(1).after()).contains(first);
        assertThat(lines.get(2).before()).contains(first);
        assertThat(lines.get(2).after()).contains(second);
        assertThat(lines.get(3).before()).contains(second);
        assertThat(lines.get(3).after()).isEmpty();
    }

    @Test
    default void the_history_of_a_token_includes_its_former_names() {
        ActorAccess administration =
                holding(newcomer().tokens().createOperator().secret());
        administration.tokens().createNamed(new TokenName("a"), Lifetime.UNLIMITED, Description.NONE);
        administration.tokens().createNamed(new TokenName("b"), Lifetime.UNLIMITED, Description.NONE);
        TokenId a = administration.tokens().find(new TokenName("a")).id();
        administration
                .tokens()
                .edit(
                        new TokenName("a"),
                        new TokenEdit(Optional.of(new TokenName("c")), Optional.empty(), Optional.empty()),
                        Precondition.NONE);
        administration.tokens().revoke(new TokenName("b"), Precondition.NONE);
        administration.tokens().createNamed(new TokenName("a"), Lifetime.UNLIMITED, Description.NONE);
        LedgerQuery query = LedgerQuery.of(a);
        assertThat(administration.ledger().page(query).lines())
                .extracting(LedgerRecord::revision)
                .containsExactly(2L, 4L);
        assertThat(administration.ledger().page(query).next()).isEmpty();
        LedgerQuery one = new LedgerQuery(
                0, 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(a), Set.of());
        assertThat(administration.ledger().page(one).next()).hasValue(2);
        assertThat(administration.ledger().page(one.after(2)).lines())
                .extracting(LedgerRecord::revision)
                .containsExactly(4L);
        assertThat(administration.ledger().page(LedgerQuery.of(new TokenId(99))))
                .isEqualTo(new LedgerPage(List.of(), OptionalLong.empty()));
    }

    @Test
    default void the_ledger_is_read_in_pages_of_any_size() {
        ActorAccess administration =
                holding(newcomer().tokens().createOperator().secret());
        for (int i = 0; i < 6; i++) {
            administration.tokens().createNamed(new TokenName("t" + i), Lifetime.UNLIMITED, Description.NONE);
        }
        List<LedgerRecord> all = administration.ledger().page(query()).lines();
        assertThat(all).hasSize(7);
        assertThat(administration.ledger().page(query()).next()).isEmpty();
        for (int limit = 1; limit <= 8; limit++) {
            List<LedgerRecord> read = new ArrayList<>();
            OptionalLong next = OptionalLong.of(0);
            while (next.isPresent()) {
                LedgerPage page = administration
                        .ledger()
                        .page(new LedgerQuery(
                                next.getAsLong(),
                                limit,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Set.of()));
                assertThat(page.lines()).hasSizeLessThanOrEqualTo(limit);
                read.addAll(page.lines());
                next = page.next();
            }
            assertThat(read).isEqualTo(all);
        }
        assertThat(administration.ledger().page(query().after(7)))
                .isEqualTo(new LedgerPage(List.of(), OptionalLong.empty()));
        assertThat(administration.ledger().page(query().after(99)))
                .isEqualTo(new LedgerPage(List.of(), OptionalLong.empty()));
    }

    @Test
    default void the_ledger_is_searched_by_token_time_and_actor() {
        ActorAccess operator = holding(newcomer().tokens().createOperator().secret());
        ActorAccess ci = holding(operator.tokens()
                .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE)
                .secret());
        clock().advance(Duration.ofSeconds(5));
        Instant later = clock().instant();
        ci.tokens().createNamed(new TokenName("x"), Lifetime.UNLIMITED, Description.NONE);
        ci.tokens()
                .edit(
                        new TokenName("x"),
                        new TokenEdit(Optional.of(new TokenName("y é&=+")), Optional.empty(), Optional.empty()),
                        Precondition.NONE);

        assertThat(revisions(operator, query(Optional.of(new TokenName("x")), Optional.empty(), Optional.empty())))
                .containsExactly(3L, 4L);
        assertThat(revisions(operator, query(Optional.of(new TokenName("y é&=+")), Optional.empty(), Optional.empty())))
                .containsExactly(4L);
        assertThat(revisions(operator, query(Optional.empty(), Optional.of(later), Optional.empty())))
                .containsExactly(3L, 4L);
        assertThat(revisions(operator, query(Optional.empty(), Optional.of(later.plusMillis(1)), Optional.empty())))
                .isEmpty();
        assertThat(revisions(operator, query(Optional.empty(), Optional.empty(), Optional.of("ci"))))
                .containsExactly(3L, 4L);
        assertThat(revisions(operator, query(Optional.empty(), Optional.empty(), Optional.of("bootstrap"))))
                .containsExactly(1L);
        assertThat(revisions(ci, query(Optional.empty(), Optional.empty(), Optional.of("_admin"))))
                .containsExactly(2L);
    }

    @Test
    default void the_ledger_is_filtered_by_kind_and_time() {
        ActorAccess operator = holding(newcomer().tokens().createOperator().secret());
        TokenName ci = new TokenName("ci");
        operator.tokens().createNamed(ci, Lifetime.UNLIMITED, Description.NONE);
        clock().advance(Duration.ofSeconds(5));
        operator.tokens().disable(ci, Reason.NONE, Precondition.NONE);
        operator.tokens().enable(ci, Precondition.NONE);
        clock().advance(Duration.ofSeconds(5));
        Instant last = clock().instant();
        operator.tokens().revoke(ci, Precondition.NONE);

        assertThat(revisions(operator, happened(Set.of("disabled"), Optional.empty())))
                .containsExactly(3L);
        assertThat(revisions(operator, happened(Set.of("issued", "revoked"), Optional.empty())))
                .containsExactly(1L, 2L, 5L);
        assertThat(revisions(operator, happened(Set.of("exposed"), Optional.empty())))
                .isEmpty();
        assertThat(revisions(operator, happened(Set.of(), Optional.of(last)))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(revisions(operator, happened(Set.of(), Optional.of(last.plusMillis(1)))))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(revisions(operator, happened(Set.of("issued", "revoked"), Optional.of(last))))
                .containsExactly(1L, 2L);
        assertThat(LedgerRecord.kinds())
                .containsExactly(
                        "disabled",
                        "edited",
                        "enabled",
                        "exposed",
                        "issued",
                        "ledger_accepted",
                        "regenerated",
                        "retired_secret_used",
                        "revoked",
                        "rotated",
                        "rotation_finished",
                        "rotation_undone");
    }

    @Test
    default void a_kind_that_no_entry_has_is_refused() {
        ActorAccess operator = holding(newcomer().tokens().createOperator().secret());
        for (String unknown : List.of("isued", "Issued", "", "changed", "é&=+")) {
            assertThatThrownBy(() -> operator.ledger().page(happened(Set.of("issued", unknown), Optional.empty())))
                    .isInstanceOfSatisfying(TokenFailure.Invalid.class, e -> {
                        assertThat(e.field()).isEqualTo("kind");
                        assertThat(e.sentence()).startsWith("unknown kind, expected one of disabled, edited, ");
                    });
        }
    }

    private static LedgerQuery happened(Set<String> kinds, Optional<Instant> until) {
        return new LedgerQuery(
                0,
                LedgerQuery.MOST,
                Optional.empty(),
                Optional.empty(),
                until,
                Optional.empty(),
                Optional.empty(),
                kinds);
    }

    @Test
    default void a_token_named_like_a_kind_of_actor_is_distinguished_from_it() {
        ActorAccess operator = holding(newcomer().tokens().createOperator().secret());
        for (String name : List.of("owner", "recovery", "bootstrap", "finder", "holder:x", "x")) {
            ActorAccess named = holding(operator.tokens()
                    .createNamed(new TokenName(name), Lifetime.UNLIMITED, Description.NONE)
                    .secret());
            named.tokens().createNamed(new TokenName("by " + name), Lifetime.UNLIMITED, Description.NONE);
        }
        assertThat(by(operator, "bootstrap")).containsExactly(1L);
        for (String kind : List.of("owner", "recovery", "finder", "owner:alice", "holder:holder")) {
            assertThat(by(operator, kind)).isEmpty();
        }
        assertThat(by(operator, "holder:owner")).containsExactly(3L);
        assertThat(by(operator, "holder:bootstrap")).containsExactly(7L);
        assertThat(by(operator, "holder:holder:x")).containsExactly(11L);
        assertThat(by(operator, "holder:x")).containsExactly(13L).isEqualTo(by(operator, "x"));
        assertThat(by(operator, "holder")).hasSize(12);
    }

    private static List<Long> by(ActorAccess administration, String actor) {
        return revisions(administration, query(Optional.empty(), Optional.empty(), Optional.of(actor)));
    }

    @Test
    default void only_administrators_read_the_ledger() {
        IssuedToken operator = newcomer().tokens().createOperator();
        IssuedToken ci = holding(operator.secret())
                .tokens()
                .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE);
        ActorAccess held = holding(ci.secret());
        assertThat(held.ledger().page(query()).lines()).hasSize(2);
        holding(operator.secret()).tokens().revoke(ci.name(), Precondition.NONE);
        assertThatThrownBy(() -> held.ledger().page(query())).isInstanceOf(TokenFailure.Unauthenticated.class);
        assertThatThrownBy(() -> newcomer().ledger().page(query())).isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    default void only_administrators_make_a_backup() throws IOException {
        IssuedToken operator = newcomer().tokens().createOperator();
        IssuedToken ci = holding(operator.secret())
                .tokens()
                .createNamed(new TokenName("ci"), Lifetime.UNLIMITED, Description.NONE);
        ActorAccess held = holding(ci.secret());
        held.transfer().checkMayBackUp();
        for (int i = 0; i < 2; i++) {
            try (StoreBackup copy = held.transfer().backUp()) {
                assertThat(copy.content().readAllBytes()).isNotEmpty().hasSize((int) copy.length());
            }
        }
        holding(operator.secret()).tokens().revoke(ci.name(), Precondition.NONE);
        for (ActorAccess nobody : List.of(held, newcomer())) {
            assertThatThrownBy(nobody.transfer()::backUp).isInstanceOf(TokenFailure.Unauthenticated.class);
            assertThatThrownBy(nobody.transfer()::checkMayBackUp).isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    private static List<Long> revisions(ActorAccess administration, LedgerQuery query) {
        return administration.ledger().page(query).lines().stream()
                .map(LedgerRecord::revision)
                .toList();
    }
}
