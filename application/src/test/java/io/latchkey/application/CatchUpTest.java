package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.domain.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verdicts while another process makes more changes at once than one slice applies. */
final class CatchUpTest {
    private static final int MANY = 10 * CatchUp.SLICE;
    private static final Actor OWNER = new Actor.FileOwner();

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final List<Integer> read = new ArrayList<>();
    private long ticks;
    private boolean failing;
    private final TokenRegistry registry = new TokenRegistry(
            new DelegatingStore(store) {
                @Override
                public LedgerWatch watch() {
                    return new Watch(super.watch()) {
                        @Override
                        public List<LedgerEntry> tail(long revision, int count) {
                            List<LedgerEntry> tail = super.tail(revision, count);
                            read.add(tail.size());
                            return tail;
                        }
                    };
                }
            },
            this::instant,
            () -> ticks,
            new BackgroundFailures());

    private Instant instant() {
        if (failing) {
            throw new IllegalStateException("made to fail");
        }
        return clock.instant();
    }

    @BeforeEach
    void load() {
        append(create("old", "other"));
        registry.load();
    }

    private void append(List<Function<Tokens, TokenEvent>> decisions) {
        store.appendAll(decisions);
    }

    private void append(Change change) {
        append(List.of(decision(change)));
    }

    private Function<Tokens, TokenEvent> decision(Change change) {
        return tokens -> change.decide(tokens, OWNER, clock.instant());
    }

    private List<Function<Tokens, TokenEvent>> create(String... names) {
        return List.of(names).stream()
                .map(name -> decision(new Change.CreateNamed(
                        new TokenName(name), digest(name), Lifetime.UNLIMITED, Description.NONE)))
                .toList();
    }

    private static Change revoke(String name) {
        return new Change.Revoke(new TokenName(name), Precondition.NONE);
    }

    private static String[] names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).toArray(String[]::new);
    }

    private static TokenDigest digest(String name) {
        return TokenSecret.presented("secret of " + name).digest();
    }

    private Verdict verdict(String name) {
        return registry.verdict(digest(name));
    }

    private boolean accepts(String name) {
        return verdict(name) instanceof Verdict.Accepted;
    }

    /** The watching thread looks once more, a moment before everybody would be refused an answer. */
    private void look() {
        ticks += TokenRegistry.STALE_AFTER.toNanos() - 1;
        registry.poll();
    }

    @Test
    void known_tokens_are_accepted_and_new_ones_not_refused_during_a_large_import() {
        append(create(names(0, MANY)));
        look();
        assertThat(accepts("old")).isTrue();
        assertThat(accepts("n0")).isTrue();
        assertThat(verdict("n" + (MANY - 1))).isEqualTo(Verdict.Unavailable.STALE);
        assertThat(verdict("nobody")).isEqualTo(Verdict.Unavailable.STALE);
        for (int looks = 1; looks < MANY / CatchUp.SLICE; looks++) {
            assertThat(verdict("nobody")).isEqualTo(Verdict.Unavailable.STALE);
            look();
            assertThat(accepts("old")).isTrue();
        }
        assertThat(accepts("n" + (MANY - 1))).isTrue();
        assertThat(verdict("nobody")).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(read)
                .hasSize(MANY / CatchUp.SLICE)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(CatchUp.SLICE));
    }

    @Test
    void a_revocation_after_a_large_import_takes_effect_at_once() {
        append(create(names(0, MANY)));
        append(revoke("old"));
        append(revoke("n" + (MANY - 1)));
        look();
        assertThat(accepts("old")).isFalse();
        assertThat(accepts("n" + (MANY - 1))).isFalse();
        assertThat(accepts("other")).isTrue();
        append(new Change.Disable(new TokenName("other"), Reason.NONE, Precondition.NONE));
        look();
        assertThat(verdict("other")).isEqualTo(Verdict.Refused.DISABLED);
        for (int looks = 0; looks < MANY / CatchUp.SLICE; looks++) {
            look();
        }
        assertThat(verdict("old")).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(verdict("n" + (MANY - 1))).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(accepts("n" + (MANY - 2))).isTrue();
        assertThat(registry.census().active()).isEqualTo(MANY - 1);
        assertThat(registry.census().disabled()).isEqualTo(1);
    }

    @Test
    void changed_tokens_are_unavailable_until_their_entries_are_applied() {
        append(create(names(0, MANY)));
        while (!accepts("n" + (MANY - 1))) {
            look();
        }
        append(revokeAll());
        look();
        assertThat(accepts("old")).isTrue();
        assertThat(verdict("n" + (MANY - 1))).isEqualTo(Verdict.Unavailable.STALE);
        append(revoke("old"));
        look();
        assertThat(accepts("old")).isFalse();
        assertThat(accepts("other")).isTrue();
        int looks = 0;
        while (verdict("old") == Verdict.Unavailable.STALE) {
            IntStream.range(0, MANY).forEach(i -> assertThat(accepts("n" + i)).isFalse());
            look();
            looks++;
        }
        assertThat(looks).isLessThanOrEqualTo(MANY / CatchUp.SLICE + 1);
        assertThat(verdict("old")).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(verdict("n" + (MANY - 1))).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(accepts("other")).isTrue();
    }

    @Test
    void verdicts_are_unavailable_if_new_entries_cannot_be_read() {
        append(create(names(0, MANY)));
        look();
        store.breakDown();
        ticks += TokenRegistry.STALE_AFTER.toNanos();
        assertThat(verdict("old")).isEqualTo(Verdict.Unavailable.STALE);
        store.repair();
        look();
        assertThat(accepts("old")).isTrue();
    }

    @Test
    void own_changes_take_effect_at_once_behind_those_of_other_processes() {
        append(create(names(0, MANY)));
        List<LedgerEntry> own =
                store.appendAll(List.of(decision(revoke("old")), create("mine").getFirst()));
        registry.follow(own);
        assertThat(verdict("old")).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(accepts("mine")).isTrue();
        append(revoke("mine"));
        for (int looks = 0; looks <= MANY / CatchUp.SLICE; looks++) {
            look();
            assertThat(verdict("mine")).isNotInstanceOf(Verdict.Accepted.class);
            assertThat(verdict("old")).isNotInstanceOf(Verdict.Accepted.class);
        }
        assertThat(verdict("mine")).isEqualTo(Verdict.Refused.UNKNOWN);
    }

    @Test
    void a_recorded_change_that_cannot_be_applied_succeeds_and_verdicts_are_unavailable_until_it_is_read() {
        Token old = store.find(new TokenName("old")).orElseThrow();
        failing = true;
        registry.follow(new LedgerEntry(store.revision() + 1, new TokenEvent.Revoked(OWNER, clock.instant(), old)));
        failing = false;
        assertThat(verdict("old")).isEqualTo(Verdict.Unavailable.STALE);
        look(); // which sees the store as it was before
        assertThat(verdict("old")).isEqualTo(Verdict.Unavailable.STALE);
        append(revoke("old"));
        look();
        assertThat(verdict("old")).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(accepts("other")).isTrue();
    }

    @Test
    void refuses_a_token_that_is_revoked_among_many_entries_after_the_ledger_was_rewound() {
        long revision = store.revision();
        append(create(names(0, MANY)));
        look();
        rewind(revision);
        append(create(names(0, MANY - 1)));
        append(revoke("old"));
        look();
        assertThat(accepts("old")).isFalse();
        assertThat(accepts("other")).isTrue();
    }

    @Test
    void marks_tokens_that_are_changed_among_many_entries_after_the_ledger_was_rewound() {
        append(create(names(0, MANY)));
        while (!accepts("n" + (MANY - 1))) {
            look();
        }
        long revision = store.revision();
        append(revokeAll());
        look();
        rewind(revision);
        append(revokeAll());
        look();
        IntStream.range(0, MANY).forEach(i -> assertThat(accepts("n" + i)).isFalse());
        assertThat(accepts("old")).isTrue();
    }

    private List<Function<Tokens, TokenEvent>> revokeAll() {
        return IntStream.range(0, MANY).mapToObj(i -> decision(revoke("n" + i))).toList();
    }

    /** The file is rewound, and the watching thread sees that its newest entries are gone. */
    private void rewind(long revision) {
        store.rewind(revision);
        look();
    }
}
