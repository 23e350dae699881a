package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.TokenId;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LedgerAuditTest {
    private static LedgerAudit audited(TokenStore store) {
        LedgerAudit audit = new LedgerAudit(store);
        assertThat(audit.health()).isEqualTo(LedgerHealth.UNKNOWN);
        audit.run();
        return audit;
    }

    @Test
    void an_unchanged_ledger_is_intact() {
        assertThat(audited(new InMemoryTokenStore()).health()).isEqualTo(LedgerHealth.INTACT);
    }

    @Test
    void a_verification_keeps_the_head_of_the_newest_intact_ledger() {
        InMemoryTokenStore store = new InMemoryTokenStore();
        LedgerAudit audit = new LedgerAudit(store);
        assertThat(audit.lastWhole()).isEmpty();
        LedgerCheck first = audit.check(Optional.empty());
        assertThat(audit.lastWhole()).contains((LedgerCheck.Whole) first);
        assertThat(audit.health()).isEqualTo(LedgerHealth.INTACT);
    }

    @Test
    void a_head_that_was_mistyped_makes_no_ledger_broken() {
        LedgerAudit audit = audited(new InMemoryTokenStore());
        assertThat(audit.check(Optional.of(new LedgerHead("f".repeat(64))))).isInstanceOf(LedgerCheck.Truncated.class);
        assertThat(audit.health()).isEqualTo(LedgerHealth.INTACT);
    }

    static Stream<LedgerCheck> broken() {
        return Stream.of(
                new LedgerCheck.Broken(2, LedgerCheck.Flaw.EDITED),
                new LedgerCheck.Truncated(1),
                new LedgerCheck.Unexplained(1, Optional.of(new TokenId(0))),
                new LedgerCheck.Unexplained(1, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void any_other_is_broken(LedgerCheck found) {
        assertThat(audited(new DelegatingStore(new InMemoryTokenStore()) {
                            @Override
                            public LedgerCheck check(Optional<LedgerHead> expected) {
                                return found;
                            }
                        })
                        .health())
                .isEqualTo(LedgerHealth.BROKEN);
    }

    @Test
    void an_unreadable_ledger_is_unknown() {
        assertThat(audited(new DelegatingStore(new InMemoryTokenStore()) {
                            @Override
                            public LedgerCheck check(Optional<LedgerHead> expected) {
                                throw new AuthorityUnavailable("no disk");
                            }
                        })
                        .health())
                .isEqualTo(LedgerHealth.UNKNOWN);
    }
}
