package io.latchkey.application;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UseCounts;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.LocalUser;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Routes;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import io.latchkey.domain.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} does. */
public interface TokenStoreContract {
    Instant NOW = Instant.parse("2026-03-01T12:00:00.007Z");
    Actor OWNER = new Actor.FileOwner(LocalUser.called("zoë"));

    /** The store under test, empty when a test begins. */
    TokenStore store();

    /** Another store on the same place, as another process would open it. */
    TokenStore another();

    /** A new store on another place. */
    TokenStore elsewhere();

    /** A token after an export and before the import of what was exported. */
    default Token exported(Token token) {
        return token;
    }

    /** The store that a copy holds, opened where no other is. */
    TokenStore opened(byte[] copy) throws IOException;

    @Test
    default void an_empty_store_is_at_revision_0() {
        assertThat(store().revision()).isZero();
        assertThat(store().snapshot()).isEqualTo(new TokenStore.Snapshot(0, List.of()));
        assertThat(store().tail(0)).isEmpty();
        assertThat(store().find(TokenName.OPERATOR)).isEmpty();
        assertThat(store().firstBroken()).isEmpty();
    }

    @Test
    default void appended_entries_are_kept() {
        LedgerEntry entry = append(operator());
        Token token = entry.event().after().orElseThrow();
        assertThat(entry.revision()).isEqualTo(1);
        assertThat(store().revision()).isEqualTo(1);
        assertThat(store().find(TokenName.OPERATOR)).contains(token);
        assertThat(store().snapshot()).isEqualTo(new TokenStore.Snapshot(1, List.of(token)));
        assertThat(store().tail(0)).containsExactly(entry);
    }

    @Test
    default void a_watch_waits_for_entries_of_any_process_and_no_longer_than_it_may() {
        try (LedgerWatch watch = store().watch()) {
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isZero();
            assertThat(watch.awaitRevision(0, Duration.ofMillis(1))).isZero();
            var _ = Thread.ofVirtual()
                    .start(() -> another().append(tokens -> operator().decide(tokens, OWNER, NOW)));
            while (watch.awaitRevision(0, Duration.ofMillis(2)) == 0) {
                assertThat(store().revision()).isBetween(0L, 1L);
            }
            assertThat(watch.awaitRevision(0, Duration.ZERO)).isEqualTo(1);
            assertThat(watch.awaitRevision(7, Duration.ofMillis(1))).isEqualTo(1);
        }
    }

    @Test
    default void a_decision_reads_the_current_tokens() {
        store().append(tokens -> {
            assertThat(tokens.isEmpty()).isTrue();
            assertThat(tokens.nextId()).isEqualTo(TokenId.FIRST);
            return named("first").decide(tokens, OWNER, NOW);
        });
        Token first = store().find(new TokenName("first")).orElseThrow();
        store().append(tokens -> {
            assertThat(tokens.isEmpty()).isFalse();
            assertThat(tokens.nextId()).isEqualTo(new TokenId(1));
            assertThat(tokens.find(first.name())).contains(first);
            assertThat(tokens.find(first.digest())).contains(first);
            assertThat(tokens.find(new TokenName("second"))).isEmpty();
            assertThat(tokens.find(digest("second"))).isEmpty();
            return revoke("first").decide(tokens, OWNER, NOW);
        });
        store().append(tokens -> {
            assertThat(tokens.isEmpty()).isTrue();
            assertThat(tokens.find(first.name())).isEmpty();
            assertThat(tokens.find(first.digest())).isEmpty();
            return named("second").decide(tokens, OWNER, NOW);
        });
    }

    @Test
    default void an_edited_token_is_found_by_its_new_name_only() {
        append(named("old"));
        append(new Change.Edit(
                new TokenName("old"),
                new TokenEdit(Optional.of(new TokenName("new")), Optional.empty(), Optional.empty()),
                Precondition.NONE));
        assertThat(store().find(new TokenName("old"))).isEmpty();
        assertThat(store().find(new TokenName("new")).orElseThrow().digest()).isEqualTo(digest("old"));
        assertThat(store().snapshot().tokens()).hasSize(1);
    }

    @Test
    default void a_regenerated_token_is_found_by_its_new_digest() {
        append(operator());
        append(new Change.RegenerateOperator(digest("new")));
        store().append(tokens -> {
            assertThat(tokens.find(digest("new")).orElseThrow().isOperator()).isTrue();
            return named("x").decide(tokens, OWNER, NOW);
        });
    }

    @Test
    default void an_existing_token_is_found_by_each_of_its_secrets() {
        append(named("n"));
        for (int i = 0; i < SecretDigests.REMEMBERED + 2; i++) {
            append(rotate("n", "s" + i));
        }
        append(named("other"));
        store().append(tokens -> {
            Token token = tokens.find(new TokenName("n")).orElseThrow();
            assertThat(token.secrets().digests())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, SecretDigests.REMEMBERED + 1)
                            .mapToObj(i -> digest("s" + (SecretDigests.REMEMBERED + 2 - i)))
                            .toList());
            assertThat(token.secrets().digests())
                    .allSatisfy(digest -> assertThat(tokens.find(digest)).contains(token));
            assertThat(tokens.find(digest("n"))).as("forgotten").isEmpty();
            assertThat(tokens.find(digest("s0"))).as("forgotten").isEmpty();
            return revoke("n").decide(tokens, OWNER, NOW);
        });
        store().append(tokens -> {
            assertThat(tokens.find(digest("s1"))).isEmpty();
            assertThat(tokens.find(digest("s11"))).isEmpty();
            return revoke("other").decide(tokens, OWNER, NOW);
        });
        assertThat(store().firstBroken()).isEmpty();
    }

    private static Change rotate(String name, String secret) {
        return new Rotation.Begin(
                new TokenName(name), digest(secret), GracePeriod.NONE, Optional.empty(), Precondition.NONE);
    }

    @Test
    default void a_refusal_leaves_everything_as_it_was() {
        append(named("taken"));
        TokenStore.Snapshot before = store().snapshot();
        assertThatThrownBy(() -> append(named("taken"))).isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(store().snapshot()).isEqualTo(before);
        assertThat(append(named("free")).revision()).isEqualTo(2);
    }

    @Test
    default void several_changes_are_made_in_order_or_not_at_all() {
        append(named("taken"));
        TokenStore.Snapshot before = store().snapshot();
        assertThatThrownBy(() -> store().appendAll(List.of(
                        tokens -> named("one").decide(tokens, OWNER, NOW),
                        tokens -> revoke("taken").decide(tokens, OWNER, NOW),
                        tokens -> named("one").decide(tokens, OWNER, NOW))))
                .isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(store().snapshot()).isEqualTo(before);
        assertThat(store().tail(0)).hasSize(1);

        List<LedgerEntry> entries = store().appendAll(List.of(
                tokens -> revoke("taken").decide(tokens, OWNER, NOW),
                tokens -> named("taken").decide(tokens, OWNER, NOW),
                tokens -> named("one").decide(tokens, OWNER, NOW)));
        assertThat(entries).extracting(LedgerEntry::revision).containsExactly(2L, 3L, 4L);
        assertThat(store().tail(1)).isEqualTo(entries);
        assertThat(store().tail(1, 2)).isEqualTo(entries.subList(0, 2));
        assertThat(store().snapshot().tokens()).hasSize(2);
        assertThat(store().firstBroken()).isEmpty();
        assertThat(store().appendAll(List.of())).isEmpty();
        assertThat(store().revision()).isEqualTo(4);
    }

    @Test
    default void very_many_changes_are_made_in_order_or_not_at_all() {
        append(named("there"));
        List<Function<Tokens, TokenEvent>> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String name = "n" + i;
            many.add(tokens -> named(name).decide(tokens, OWNER, NOW));
            if (i % 3 == 0) {
                many.add(tokens -> revoke(name).decide(tokens, OWNER, NOW));
            }
        }
        TokenStore.Snapshot before = store().snapshot();
        List<Function<Tokens, TokenEvent>> tooMany = new ArrayList<>(many);
        tooMany.add(tokens -> named("there").decide(tokens, OWNER, NOW));
        assertThatThrownBy(() -> store().appendAll(tooMany)).isInstanceOf(TokenFailure.NameTaken.class);
        assertThat(store().snapshot()).isEqualTo(before);

        assertThat(store().appendAll(many)).hasSize(400).isEqualTo(store().tail(1));
        assertThat(store().snapshot().tokens()).hasSize(201);
        assertThat(store().snapshot().tokens().getLast().id()).isEqualTo(new TokenId(300));
        assertThat(store().firstBroken()).isEmpty();
        assertThat(append(named("next")).event().tokenId()).isEqualTo(new TokenId(301));
    }

    @Test
    default void a_bug_in_a_decision_leaves_everything_as_it_was() {
        assertThatThrownBy(() -> store().append(tokens -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThat(store().revision()).isZero();
        assertThat(append(named("free")).revision()).isEqualTo(1);
    }

    @Test
    default void an_id_is_never_used_again() {
        append(named("first"));
        append(named("second"));
        append(revoke("second"));
        assertThat(append(named("third")).event().tokenId()).isEqualTo(new TokenId(2));
    }

    /** Every kind of event, on behalf of every kind of actor, with every property there is. */
    @Test
    default void every_entry_is_read_back_as_it_was_written() {
        var written = new ArrayList<LedgerEntry>();
        written.add(store().append(tokens -> operator().decide(tokens, new Actor.LocalBootstrap(), NOW)));
        Actor operator = holderOf(written.getFirst());
        written.add(store().append(tokens -> new Change.CreateNamed(
                        new TokenName("Zoë's \"quoted\" 鍵 🔑; drop table token --"),
                        digest("named"),
                        new Lifetime.Span(Lifetime.LONGEST),
                        new Description("täglich, für \"cron\"\u202e"))
                .decide(tokens, operator, NOW)));
        TokenName name = written.getLast().event().after().orElseThrow().name();
        Actor named = holderOf(written.getLast());
        written.add(store().append(tokens -> new Change.Edit(
                        name,
                        new TokenEdit(
                                Optional.of(new TokenName("n")),
                                Optional.of(Description.NONE),
                                Optional.of(Lifetime.UNLIMITED)),
                        Precondition.NONE)
                .decide(tokens, named, NOW.plusMillis(1))));
        written.add(store().append(tokens ->
                new Change.RegenerateOperator(digest("unknown user")).decide(tokens, new Actor.FileOwner(), NOW)));
        written.add(store().append(tokens -> new Change.RegenerateOperator(digest("recovered"))
                .decide(tokens, new Actor.Recovery(), NOW.plusMillis(2))));
        written.add(store().append(tokens -> new Change.RegenerateOperator(digest("again"))
                .decide(tokens, holderOf(written.getLast()), NOW.plusMillis(3))));
        written.add(store().append(tokens ->
                new Change.RevokeLeaked(digest("again")).decide(tokens, new Actor.LeakReporter(), NOW.plusMillis(4))));
        written.add(store().append(tokens -> revoke("n").decide(tokens, OWNER, NOW.plusMillis(993))));
        GracePeriod grace = new GracePeriod(Duration.ofMillis(5));
        for (Change change : List.of(
                named("r"),
                new Rotation.Begin(
                        new TokenName("r"),
                        digest("r2"),
                        grace,
                        Optional.of(new IdempotencyKey("key")),
                        Precondition.NONE),
                new Rotation.Undo(new TokenName("r"), Precondition.NONE),
                new Rotation.Begin(new TokenName("r"), digest("r3"), grace, Optional.empty(), Precondition.NONE),
                new Rotation.Finish(new TokenName("r"), Precondition.NONE),
                new Change.Disable(new TokenName("r"), new Reason("\"ü\" 🔑"), Precondition.NONE),
                new Change.Enable(new TokenName("r"), Precondition.NONE),
                new Change.Disable(new TokenName("r"), Reason.NONE, Precondition.NONE))) {
            written.add(append(change));
        }
        written.add(store().append(tokens ->
                new Change.RecordReuse(digest("r2")).decide(tokens, new Actor.ReuseDetector(), NOW.plusSeconds(1))));

        var attributes = new Attributes(
                Permissions.parse(List.of("s3:a%2Cb%20%C3%A4,x*:get,put", "db:*:*", "tokens:ci-*:rotate")),
                Origins.parse(List.of("10.0.0.0/8", "::1")),
                NotBefore.of(NOW),
                new Owner("Zoë; drop table token"),
                Labels.parse(List.of("a=b=c d", "empty=", "k/1.x_-=\"ü\"")),
                Routes.parse(List.of("GET,POST a.test/x/**", "* *.b.test/")));
        Change resource = new Change.CreateNamed(
                new TokenName("resource"), digest("resource"), Lifetime.UNLIMITED, Description.NONE, attributes);
        written.add(append(resource));
        assertThat(written.getLast().event().after().orElseThrow().attributes()).isEqualTo(attributes);
        for (AttributesEdit edit : List.of(
                new AttributesEdit(
                        Optional.of(Permissions.NONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Owner.NONE),
                        Optional.empty(),
                        Optional.empty()),
                new AttributesEdit(
                        Optional.empty(),
                        Optional.of(Origins.ANYWHERE),
                        Optional.of(NotBefore.NONE),
                        Optional.empty(),
                        Optional.of(Labels.NONE),
                        Optional.empty()))) {
            written.add(append(new Change.Edit(
                    new TokenName("resource"),
                    new TokenEdit(Optional.empty(), Optional.empty(), Optional.empty(), edit),
                    Precondition.NONE)));
        }

        assertThat(store().tail(0)).isEqualTo(written);
        assertThat(store().tail(4)).isEqualTo(written.subList(4, 20));
        assertThat(store().tail(20)).isEmpty();
        assertThat(store().snapshot().tokens())
                .containsExactly(
                        written.get(6).event().after().orElseThrow(),
                        written.get(16).event().after().orElseThrow(),
                        written.get(19).event().after().orElseThrow());
        assertThat(another().tail(0)).isEqualTo(written);
        assertThat(another().snapshot()).isEqualTo(store().snapshot());
        assertThat(store().firstBroken()).isEmpty();
    }

    @Test
    default void tokens_are_listed_in_the_order_of_their_ids() {
        append(named("z"));
        append(named("a"));
        append(named("m"));
        assertThat(store().snapshot().tokens())
                .extracting(token -> token.name().value())
                .containsExactly("z", "a", "m");
    }

    @Test
    default void another_store_on_the_same_place_sees_every_change() {
        TokenStore another = another();
        assertThat(another.revision()).isZero();
        LedgerEntry mine = append(named("mine"));
        assertThat(another.revision()).isEqualTo(1);
        assertThat(another.tail(0)).containsExactly(mine);
        LedgerEntry theirs = another.append(tokens -> named("theirs").decide(tokens, OWNER, NOW));
        assertThat(theirs.revision()).isEqualTo(2);
        assertThat(store().revision()).isEqualTo(2);
        assertThat(store().tail(1)).containsExactly(theirs);
        assertThat(another.instanceId()).isEqualTo(store().instanceId());
    }

    @Test
    default void a_backup_is_consistent_and_complete() throws IOException {
        append(operator());
        append(named("first"));
        TokenStore.Snapshot then = store().snapshot();
        TokenStore.LedgerCheck check = store().check(Optional.empty());
        byte[] bytes;
        try (StoreBackup copy = store().backUp()) {
            append(named("second"));
            bytes = copy.content().readAllBytes();
            assertThat(copy.length()).isEqualTo(bytes.length);
        }
        assertThat(store().revision()).isEqualTo(3);
        try (TokenStore opened = opened(bytes)) {
            assertThat(opened.instanceId()).isEqualTo(store().instanceId());
            assertThat(opened.snapshot()).isEqualTo(then);
            assertThat(opened.check(Optional.empty())).isEqualTo(check);
        }
    }

    @Test
    default void one_of_many_racing_for_a_name_wins() throws Exception {
        List<Boolean> won = atOnce(64, i -> {
            try {
                TokenStore store = i % 2 == 0 ? store() : another();
                store.append(tokens -> new Change.CreateNamed(
                                new TokenName("wanted"), digest("s" + i), Lifetime.UNLIMITED, Description.NONE)
                        .decide(tokens, OWNER, NOW));
                return true;
            } catch (TokenFailure.NameTaken _) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(store().revision()).isEqualTo(1);
    }

    @Test
    default void uses_of_a_secret_recorded_by_several_processes_are_added() {
        TokenId id = append(operator()).event().tokenId();
        assertThat(store().uses()).isEmpty();
        store().recordUses(List.of(use(id, 2, 3, "10.0.0.1", 4), use(id, 1, 0, "10.0.0.2", 1)));
        another().recordUses(List.of(use(id, 2, 2, "10.0.0.3", 5)));
        assertThat(store().uses()).containsExactly(use(id, 1, 0, "10.0.0.2", 1), use(id, 2, 3, "10.0.0.1", 9));
        store().recordUses(List.of(new TokenUse(id, 2, NOW.plusSeconds(4), Optional.empty(), 1)));
        assertThat(another().uses(id))
                .containsExactly(
                        use(id, 1, 0, "10.0.0.2", 1), new TokenUse(id, 2, NOW.plusSeconds(4), Optional.empty(), 10));
        assertThat(store().uses(id.next())).isEmpty();
    }

    @Test
    default void the_uses_of_a_token_are_forgotten_with_it() {
        append(operator());
        TokenId id = append(named("ci")).event().tokenId();
        store().recordUses(List.of(use(id, 1, 0, "10.0.0.1", 1)));
        append(revoke("ci"));
        assertThat(store().uses()).isEmpty();
        store().recordUses(List.of(use(id, 1, 1, "10.0.0.1", 1), use(TokenId.FIRST, 1, 1, "10.0.0.1", 1)));
        assertThat(store().uses()).containsExactly(use(TokenId.FIRST, 1, 1, "10.0.0.1", 1));
    }

    @Test
    default void a_use_does_not_change_the_revision() {
        TokenId id = append(operator()).event().tokenId();
        TokenStore.Snapshot before = store().snapshot();
        store().recordUses(List.of(use(id, 1, 0, "10.0.0.1", 1)));
        assertThat(store().snapshot()).isEqualTo(before);
        assertThat(another().revision()).isEqualTo(before.revision());
        assertThat(store().firstBroken()).isEmpty();
    }

    @Test
    default void tokens_and_their_uses_are_read_page_by_page() {
        assertThat(store().page(TokenId.FIRST, 3)).isEmpty();
        append(operator());
        for (int i = 1; i <= 5; i++) {
            append(named("n" + i));
        }
        append(revoke("n3"));
        List<Token> all = store().snapshot().tokens();
        assertThat(all).hasSize(5);
        assertThat(another().page(TokenId.FIRST, 3)).isEqualTo(all.subList(0, 3));
        assertThat(store().page(new TokenId(3), 1)).isEqualTo(all.subList(3, 4));
        assertThat(store().page(new TokenId(3), 100)).isEqualTo(all.subList(3, 5));
        assertThat(store().page(new TokenId(6), 1)).isEmpty();
        store().recordUses(List.of(
                use(new TokenId(1), 1, 0, "10.0.0.1", 1),
                use(new TokenId(2), 1, 0, "10.0.0.1", 2),
                use(new TokenId(4), 1, 0, "10.0.0.1", 4)));
        assertThat(store().uses(new TokenId(2), new TokenId(4)))
                .extracting(TokenUse::count)
                .containsExactly(2L, 4L);
        assertThat(store().uses(new TokenId(5), new TokenId(9))).isEmpty();
        assertThat(store().uses(List.of(new TokenId(4), new TokenId(1), new TokenId(5))))
                .extracting(TokenUse::count)
                .containsExactly(1L, 4L);
        assertThat(store().uses(List.of())).isEmpty();
    }

    @Test
    default void a_page_knows_the_past_of_its_tokens() {
        append(named("a"));
        append(named("b"));
        append(new Rotation.Begin(
                new TokenName("b"), digest("new"), GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        assertThat(store().page(TokenId.FIRST, 10)).isEqualTo(store().snapshot().tokens());
        assertThat(store().page(TokenId.FIRST, 10).getLast().secrets().former()).hasSize(1);
    }

    private static HourUse used(TokenId token, Instant at, long accepted) {
        return new HourUse(token, at, UseCounts.accepted(accepted));
    }

    private static PeriodUse accepted(String start, long count) {
        return new PeriodUse(Instant.parse(start), UseCounts.accepted(count));
    }

    private static Map<TokenId, List<PeriodUse>> history(TokenStore store, UsePeriod period, TokenId... tokens) {
        return store.useHistory(period, List.of(tokens), period.oldest(NOW), NOW);
    }

    @Test
    default void the_history_adds_up_the_uses_of_several_processes_for_each_hour_and_day() {
        TokenId id = append(operator()).event().tokenId();
        assertThat(history(store(), UsePeriod.DAY, id)).isEmpty();
        var refused = new UseCounts(1, 2, 3, 4, 5, 6, 7);
        store().addToUseHistory(List.of(used(id, NOW.minus(Duration.ofHours(13)), 1), new HourUse(id, NOW, refused)));
        another().addToUseHistory(List.of(used(id, NOW.plusSeconds(3_599), 7), new HourUse(id, NOW, refused)));
        var doubled = new UseCounts(9, 4, 6, 8, 10, 12, 14);
        assertThat(history(store(), UsePeriod.HOUR, id))
                .containsExactly(Map.entry(
                        id,
                        List.of(
                                accepted("2026-02-28T23:00:00Z", 1),
                                new PeriodUse(Instant.parse("2026-03-01T12:00:00Z"), doubled))));
        assertThat(history(another(), UsePeriod.DAY, id))
                .containsExactly(Map.entry(
                        id,
                        List.of(
                                accepted("2026-02-28T00:00:00Z", 1),
                                new PeriodUse(Instant.parse("2026-03-01T00:00:00Z"), doubled))));
    }

    @Test
    default void the_history_of_90_days_and_48_hours_is_kept() {
        TokenId idle = append(operator()).event().tokenId();
        TokenId busy = append(named("ci")).event().tokenId();
        Instant day = NOW.minus(Duration.ofDays(89));
        Instant hour = NOW.minus(Duration.ofHours(47));
        store().addToUseHistory(List.of(used(idle, day.minus(Duration.ofDays(1)), 1), used(idle, day, 2)));
        store().addToUseHistory(List.of(used(idle, hour.minus(Duration.ofHours(1)), 4), used(idle, hour, 8)));
        another().addToUseHistory(List.of(used(busy, NOW, 16)));
        assertThat(store().useHistory(UsePeriod.DAY, List.of(idle, busy), Instant.EPOCH, NOW))
                .isEqualTo(Map.of(
                        idle, List.of(accepted("2025-12-02T00:00:00Z", 2), accepted("2026-02-27T00:00:00Z", 12)),
                        busy, List.of(accepted("2026-03-01T00:00:00Z", 16))));
        assertThat(store().useHistory(UsePeriod.HOUR, List.of(idle, busy), Instant.EPOCH, NOW))
                .isEqualTo(Map.of(
                        idle, List.of(accepted("2026-02-27T13:00:00Z", 8)),
                        busy, List.of(accepted("2026-03-01T12:00:00Z", 16))));
    }

    @Test
    default void the_history_is_read_for_the_periods_and_tokens_that_are_asked_for() {
        TokenId first = append(operator()).event().tokenId();
        TokenId second = append(named("ci")).event().tokenId();
        Instant before = NOW.minus(Duration.ofDays(2));
        store().addToUseHistory(List.of(used(first, before, 1), used(second, before, 2), used(second, NOW, 4)));
        assertThat(store().useHistory(UsePeriod.DAY, List.of(second), before, NOW))
                .isEqualTo(Map.of(
                        second, List.of(accepted("2026-02-27T00:00:00Z", 2), accepted("2026-03-01T00:00:00Z", 4))));
        assertThat(store().useHistory(UsePeriod.DAY, List.of(first, second), NOW.minus(Duration.ofDays(1)), NOW))
                .isEqualTo(Map.of(second, List.of(accepted("2026-03-01T00:00:00Z", 4))));
        assertThat(store().useHistory(UsePeriod.DAY, List.of(second), before, before))
                .isEqualTo(Map.of(second, List.of(accepted("2026-02-27T00:00:00Z", 2))));
        assertThat(store().useHistory(UsePeriod.DAY, List.of(), before, NOW)).isEmpty();
    }

    @Test
    default void the_history_of_a_token_is_forgotten_with_it_and_does_not_change_the_revision() {
        append(operator());
        TokenId id = append(named("ci")).event().tokenId();
        TokenStore.Snapshot before = store().snapshot();
        store().addToUseHistory(List.of(used(id, NOW, 1)));
        assertThat(store().snapshot()).isEqualTo(before);
        assertThat(store().firstBroken()).isEmpty();
        append(revoke("ci"));
        store().addToUseHistory(List.of(used(id, NOW, 1), used(TokenId.FIRST, NOW, 1)));
        assertThat(history(store(), UsePeriod.HOUR, TokenId.FIRST, id)).containsOnlyKeys(TokenId.FIRST);
    }

    private static TokenUse use(TokenId token, int generation, int second, String from, long count) {
        return new TokenUse(token, generation, NOW.plusSeconds(second), Optional.of(from), count);
    }

    @Test
    default void entries_of_many_writers_follow_each_other_without_gaps() throws Exception {
        List<LedgerEntry> entries = atOnce(200, i -> append(named("n" + i)));
        assertThat(entries.stream().map(LedgerEntry::revision).collect(toSet()))
                .isEqualTo(LongStream.rangeClosed(1, 200).boxed().collect(toSet()));
        assertThat(store().tail(0)).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(store().snapshot().tokens()).hasSize(200);
        assertThat(store().firstBroken()).isEmpty();
    }

    @Test
    default void ten_thousand_random_operations_agree_with_a_plain_map() throws IOException {
        RandomOperations operations = new RandomOperations(store(), 20260301);
        operations.run(Integer.getInteger("latchkey.operations", 10_000));
        assertThat(store().firstBroken()).isEmpty();
        byte[] bytes;
        try (StoreBackup copy = store().backUp()) {
            bytes = copy.content().readAllBytes();
        }
        try (TokenStore restored = opened(bytes);
                TokenStore elsewhere = elsewhere()) {
            assertThat(restored.snapshot()).isEqualTo(store().snapshot());
            operations.moveTo(elsewhere, this::exported);
            assertThat(elsewhere.firstBroken()).isEmpty();
        }
    }

    /** Tokens with properties that no rule of tokens allows are no tokens, so that no store has to refuse them. */
    @Test
    default void numbers_at_their_bounds_are_kept_and_leave_room_for_the_next() {
        append(operator());
        Token operator = store().find(TokenName.OPERATOR).orElseThrow();
        TokenDigest before = digest("before");
        Token extreme = new Token(
                new TokenVersion(new TokenId(1L << 52), 1L << 52),
                new TokenName("x"),
                new SecretDigests(
                        digest("now"),
                        (1 << 30) - 1,
                        List.of(new FormerSecret(
                                1,
                                before,
                                Optional.of(NOW.plus(GracePeriod.LONGEST)),
                                Optional.of(operator.createdAt()))),
                        Optional.of(new SecretDigests.KeyedRotation("0f".repeat(32), NOW))),
                Description.NONE,
                Expiry.at(Instant.parse("9999-12-31T23:59:59.999Z")),
                Instant.parse("0000-01-01T00:00:00Z"),
                Optional.of(new TokenId(TokenId.MOST)),
                Optional.of(new Token.LastChange(NOW, Optional.of(new TokenId(TokenId.MOST)))),
                Optional.of(new Disablement(NOW, Reason.NONE)));
        append(new Change.Import(extreme, Change.Import.Identity.KEPT));
        assertThat(another().find(extreme.name())).contains(extreme);
        append(new Rotation.Finish(extreme.name(), Precondition.NONE));
        append(new Rotation.Begin(
                extreme.name(), digest("after"), GracePeriod.NONE, Optional.empty(), Precondition.NONE));
        append(named("next"));
        assertThat(another().find(new TokenName("next")).orElseThrow().id()).isEqualTo(new TokenId((1L << 52) + 1));
        assertThat(store().firstBroken()).isEmpty();
    }

    private LedgerEntry append(Change change) {
        return store().append(tokens -> change.decide(tokens, OWNER, NOW));
    }

    private static Actor holderOf(LedgerEntry entry) {
        return Actor.Holder.of(entry.event().after().orElseThrow());
    }

    private static Change operator() {
        return new Change.CreateOperator(digest("operator"));
    }

    private static Change named(String name) {
        return new Change.CreateNamed(
                new TokenName(name), digest(name), new Lifetime.Span(Duration.ofDays(1)), Description.NONE);
    }

    private static Change revoke(String name) {
        return new Change.Revoke(new TokenName(name), Precondition.NONE);
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }

    /** What many threads get that start together. */
    private static <T> List<T> atOnce(int threads, Task<T> task) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(16)) {
            List<Callable<T>> calls = IntStream.range(0, threads)
                    .mapToObj(i -> (Callable<T>) () -> task.run(i))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    /** One of the things done at once. */
    interface Task<T> {
        T run(int number) throws Exception;
    }
}
