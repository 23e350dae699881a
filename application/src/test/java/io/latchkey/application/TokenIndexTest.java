package io.latchkey.application;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Change.Import.Identity;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that are folded in whatever order. */
final class TokenIndexTest {
    private static final Actor OWNER = new Actor.FileOwner();
    private static final int ENTRIES = 400;
    private static final int NAMES = 6;

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final Set<TokenDigest> digests = new HashSet<>();
    private final List<Token> gone = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void the_result_does_not_depend_on_the_order_of_entries(long seed) {
        Random random = new Random(seed);
        write(random, ENTRIES / 2);
        TokenStore.Snapshot before = store.snapshot();
        write(random, ENTRIES / 2);
        List<LedgerEntry> entries = store.tail(before.revision());
        TokenIndex tokens = new TokenIndex(before);
        // Some before their turn, each kind of them in its order, and in the end all.
        List<LedgerEntry> own =
                entries.stream().filter(_ -> random.nextInt(4) == 0).toList();
        List<LedgerEntry> changes = entries.stream()
                .filter(entry -> entry.event().before().isPresent())
                .limit(random.nextInt(ENTRIES))
                .toList();
        Map<Long, LedgerEntry> early = new HashMap<>();
        int ownFolded = 0;
        int changesFolded = 0;
        while (ownFolded < own.size() || changesFolded < changes.size()) {
            LedgerEntry next = changesFolded == changes.size() || (ownFolded < own.size() && random.nextBoolean())
                    ? own.get(ownFolded++)
                    : changes.get(changesFolded++);
            tokens.fold(next);
            early.put(next.revision(), next);
            compareNewest(tokens, early);
        }
        entries.forEach(tokens::fold);
        assertThat(tokens.revision()).isEqualTo(ENTRIES);
        compare(tokens);
    }

    /** What the newest entry that was folded of a token says of it holds, whatever older ones were folded after it. */
    private static void compareNewest(TokenIndex tokens, Map<Long, LedgerEntry> folded) {
        Map<TokenId, LedgerEntry> newest = folded.values().stream()
                .collect(toMap(
                        entry -> entry.event().tokenId(),
                        entry -> entry,
                        (one, other) -> one.revision() > other.revision() ? one : other));
        for (LedgerEntry entry : newest.values()) {
            Set<TokenDigest> ended =
                    entry.event().before().map(TokenIndexTest::digests).orElse(Set.of());
            Set<TokenDigest> kept =
                    entry.event().after().map(TokenIndexTest::digests).orElse(Set.of());
            ended.stream()
                    .filter(digest -> !kept.contains(digest))
                    .map(tokens.bySecret()::get)
                    .filter(Objects::nonNull)
                    .forEach(one -> assertThat(one.token().id())
                            .isNotEqualTo(entry.event().tokenId()));
            entry.event().after().ifPresent(after -> {
                CachedVerdict there = tokens.bySecret().get(after.digest());
                // Its token may be gone since, and the secret be another's, which may be gone, too.
                boolean passedOn = newest.values().stream()
                        .filter(other -> other.revision() > entry.revision())
                        .flatMap(other ->
                                Stream.of(other.event().before(), other.event().after()))
                        .flatMap(Optional::stream)
                        .anyMatch(other -> digests(other).contains(after.digest()));
                assertThat(passedOn || requireNonNull(there).token().equals(after))
                        .isTrue();
            });
        }
    }

    private static Set<TokenDigest> digests(Token token) {
        return token.secrets().digests().collect(toSet());
    }

    private void compare(TokenIndex tokens) {
        TokenIndex loaded = new TokenIndex(store.snapshot());
        for (TokenDigest digest : digests) {
            CachedVerdict one = tokens.bySecret().get(digest);
            CachedVerdict expected = loaded.bySecret().get(digest);
            if (expected == null) {
                assertThat(one).isNull();
            } else {
                assertThat(requireNonNull(one).verdict()).isEqualTo(expected.verdict());
                assertThat(one.endMillis()).isEqualTo(expected.endMillis());
            }
        }
        for (int hours : new int[] {0, 5, 2, 100, 0}) {
            long now = clock.millis() + Duration.ofHours(hours).toMillis();
            tokens.tally().show(now);
            loaded.tally().show(now);
            assertThat(tokens.tally().counts()).isEqualTo(loaded.tally().counts());
        }
        assertThat(tokens.ending())
                .containsExactlyInAnyOrderElementsOf(loaded.ending().toList());
        assertThat(tokens.hasOperator()).isEqualTo(loaded.hasOperator());
    }

    private void write(Random random, int entries) {
        long end = store.revision() + entries;
        while (store.revision() < end) {
            clock.advance(Duration.ofMinutes(1));
            Instant now = clock.instant();
            try {
                LedgerEntry entry = store.append(tokens -> change(random).decide(tokens, OWNER, now));
                entry.event()
                        .after()
                        .ifPresent(token -> token.secrets().digests().forEach(digests::add));
                if (entry.event().after().isEmpty()) {
                    gone.add(entry.event().before().orElseThrow());
                }
            } catch (TokenFailure _) {
                // Not now.
            }
        }
    }

    private Change change(Random random) {
        TokenName name = new TokenName("n" + random.nextInt(NAMES));
        TokenDigest fresh = TokenSecret.presented("s" + random.nextLong()).digest();
        return switch (random.nextInt(10)) {
            case 0 -> new Change.CreateOperator(fresh);
            case 1, 2 ->
                new Change.CreateNamed(
                        name, fresh, new Lifetime.Span(Duration.ofHours(1 + random.nextInt(9))), Description.NONE);
            case 3 -> new Change.RegenerateOperator(fresh);
            case 4 -> new Change.Disable(name, Reason.NONE, Precondition.NONE);
            case 5 -> new Change.Enable(name, Precondition.NONE);
            case 6 ->
                new Change.Edit(
                        name,
                        new TokenEdit(
                                Optional.of(new TokenName("n" + random.nextInt(NAMES))),
                                Optional.empty(),
                                Optional.of(Lifetime.UNLIMITED)),
                        Precondition.NONE);
            case 7, 8 -> new Rotation.Begin(name, fresh, GracePeriod.NONE, Optional.empty(), Precondition.NONE);
            default ->
                gone.isEmpty() || random.nextInt(3) > 0
                        ? new Change.Revoke(name, Precondition.NONE)
                        // A secret that belonged to another token.
                        : new Change.Import(gone.get(random.nextInt(gone.size())), Identity.NEW);
        };
    }

    @Test
    void of_a_token_with_former_secrets_the_end_is_told_once() {
        TokenName ci = new TokenName("ci");
        append(new Change.CreateNamed(ci, digest("one"), new Lifetime.Span(Duration.ofDays(1)), Description.NONE));
        append(new Change.CreateNamed(
                new TokenName("web"), digest("x"), new Lifetime.Span(Duration.ofDays(1)), Description.NONE));
        append(new Rotation.Begin(
                ci, digest("two"), new GracePeriod(Duration.ofHours(1)), Optional.empty(), Precondition.NONE));
        append(new Change.CreateNamed(new TokenName("lasting"), digest("y"), Lifetime.UNLIMITED, Description.NONE));
        TokenIndex tokens = new TokenIndex(store.snapshot());
        assertThat(tokens.ending().map(token -> token.name().value())).containsExactlyInAnyOrder("ci", "web");
        assertThat(tokens.hasOperator()).isFalse();
    }

    private void append(Change change) {
        store.append(tokens -> change.decide(tokens, OWNER, clock.instant()));
    }

    private static TokenDigest digest(String secret) {
        return TokenSecret.presented(secret).digest();
    }
}
