package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Change.Import;
import io.latchkey.domain.Change.Import.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ImportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor OWNER = new Actor.FileOwner();

    private final TokenDigest digest = TokenSecret.presented("one").digest();
    private final TokenDigest former = TokenSecret.presented("former").digest();
    private final Token token = moved();

    /** A token with a past. */
    private Token moved() {
        Token issued = Token.issued(
                new TokenId(5),
                new TokenName("ci"),
                former,
                new Description("for the build"),
                Expiry.at(NOW.plusSeconds(9)),
                Attributes.ADMIN,
                OWNER,
                NOW.minusSeconds(100));
        Actor.Holder other = new Actor.Holder(new TokenId(3), new TokenName("other"), digest);
        return issued.regenerated(digest, other, NOW.minusSeconds(50)).disabled(new Reason("why"), other, NOW);
    }

    @Test
    void a_token_restored_with_all_others_is_unchanged() {
        assertThat(new Import(token, Identity.KEPT).decide(tokens(5), OWNER, NOW))
                .isEqualTo(new TokenEvent.Issued(OWNER, NOW, token));
        assertThatThrownBy(() -> new Import(token, Identity.KEPT).decide(tokens(6), OWNER, NOW))
                .isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void an_imported_token_gets_a_new_id_and_no_creator() {
        Token adopted = new Import(token, Identity.NEW)
                .decide(tokens(8), OWNER, NOW)
                .after()
                .orElseThrow();
        assertThat(adopted.id()).isEqualTo(new TokenId(8));
        assertThat(adopted.createdBy()).isEmpty();
        assertThat(adopted.lastChange().orElseThrow().by()).isEmpty();
        assertThat(adopted.lastChange().orElseThrow().at()).isEqualTo(NOW);
        assertThat(adopted.secrets()).isEqualTo(token.secrets());
        assertThat(adopted.disablement()).isEqualTo(token.disablement());
        assertThat(adopted.createdAt()).isEqualTo(token.createdAt());
    }

    @Test
    void a_token_with_an_existing_name_or_secret_is_not_imported() {
        for (Token there : new Token[] {issued("ci", "x"), issued("x", "one"), issued("x", "former")}) {
            assertThatThrownBy(() -> new Import(token, Identity.NEW).decide(tokens(8, there), OWNER, NOW))
                    .isInstanceOfAny(TokenFailure.NameTaken.class, TokenFailure.SecretTaken.class);
        }
    }

    @Test
    void only_the_owner_of_the_file_imports_an_operator_token() {
        Token holder = issued("holder", "x");
        Token operator = issued("_admin", "new");
        for (Token imported : new Token[] {token, operator}) {
            Import adopt = new Import(imported, Identity.NEW);
            assertThat(adopt.decide(tokens(8), OWNER, NOW).after()).isPresent();
            for (Actor actor : new Actor[] {new Actor.Recovery(), new Actor.LeakReporter()}) {
                assertThatThrownBy(() -> adopt.decide(tokens(0), actor, NOW))
                        .isInstanceOf(TokenFailure.Forbidden.class);
            }
            for (Actor actor : new Actor[] {
                new Actor.LocalBootstrap(),
                new Actor.RemoteBootstrap(),
                new Actor.Anonymous(),
                new Actor.ReuseDetector()
            }) {
                assertThatThrownBy(() -> adopt.decide(tokens(0), actor, NOW))
                        .isInstanceOf(TokenFailure.Unauthenticated.class);
            }
            assertThatThrownBy(() -> adopt.decide(tokens(8), Actor.Holder.of(holder), NOW))
                    .as("a holder whose token is gone")
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
        }
        assertThat(new Import(token, Identity.NEW)
                        .decide(tokens(8, holder), Actor.Holder.of(holder), NOW)
                        .after())
                .isPresent();
        assertThatThrownBy(() ->
                        new Import(operator, Identity.NEW).decide(tokens(8, holder), Actor.Holder.of(holder), NOW))
                .isInstanceOf(TokenFailure.Forbidden.class);
    }

    @Test
    void secrets_that_no_token_has_are_refused() {
        TokenDigest third = TokenSecret.presented("third").digest();
        FormerSecret[] eleven = IntStream.rangeClosed(1, SecretDigests.REMEMBERED + 1)
                .mapToObj(i -> before(12 - i, TokenSecret.presented("old " + i).digest()))
                .toArray(FormerSecret[]::new);
        for (ThrowingCallable odd : new ThrowingCallable[] {
            () -> secrets(0),
            () -> secrets(1, before(1, third)),
            () -> secrets(3, before(2, third), before(2, former)),
            () -> secrets(2, before(0, third)),
            () -> secrets(2, before(1, digest)),
            () -> secrets(3, before(2, third), before(1, third)),
            () -> secrets(12, eleven),
            () -> new SecretDigests.KeyedRotation("key", NOW),
        }) {
            assertThatThrownBy(odd).isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    @Test
    void impossible_combinations_of_secrets_are_refused() {
        TokenDigest third = TokenSecret.presented("third").digest();
        FormerSecret alive = new FormerSecret(1, former, Optional.of(NOW.plusSeconds(9)), Optional.empty());
        for (SecretDigests odd : new SecretDigests[] {
            secrets((1 << 30) + 1),
            secrets(Integer.MAX_VALUE),
            secrets(2, before(Integer.MAX_VALUE, third)),
            secrets(3, before(2, third), alive)
        }) {
            assertThatThrownBy(() -> new Import(token.withSecrets(odd, OWNER, NOW), Identity.NEW))
                    .as(odd.toString())
                    .isInstanceOf(TokenFailure.Invalid.class);
        }
    }

    @Test
    void no_more_secrets_are_made_than_an_import_accepts() {
        SecretDigests last = secrets((1 << 30) - 1)
                .replacedBy(TokenSecret.presented("third").digest(), Optional.empty(), Optional.empty());
        Token exported = token.withSecrets(last, OWNER, NOW);
        assertThat(new Import(exported, Identity.NEW)
                        .decide(tokens(8), OWNER, NOW)
                        .after())
                .isPresent();
        assertThatThrownBy(() ->
                        last.replacedBy(TokenSecret.presented("fourth").digest(), Optional.empty(), Optional.empty()))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("the token has had 1073741824 secrets, and cannot have more: create another token");
    }

    /** As a rotation that was undone leaves them. */
    @Test
    void a_secret_that_was_given_up_may_be_newer_than_the_one_that_stayed() {
        SecretDigests undone = secrets(1, before(2, former));
        Token imported = token.withSecrets(undone, OWNER, NOW);
        Token adopted = new Import(imported, Identity.NEW)
                .decide(tokens(8), OWNER, NOW)
                .after()
                .orElseThrow();
        assertThat(adopted.secrets()).isEqualTo(undone);
        SecretDigests next = undone.replacedBy(
                TokenSecret.presented("third").digest(), Optional.of(NOW.plusSeconds(5)), Optional.empty());
        assertThat(new Import(token.withSecrets(next, OWNER, NOW), Identity.NEW)
                        .decide(tokens(8), OWNER, NOW)
                        .after()
                        .orElseThrow()
                        .secrets())
                .isEqualTo(next);
    }

    @Test
    void no_grace_is_longer_than_one_that_began_with_the_last_change() {
        Token rotated = Token.issued(
                        new TokenId(5),
                        new TokenName("ci"),
                        former,
                        Description.NONE,
                        Expiry.NEVER,
                        Attributes.ADMIN,
                        OWNER,
                        NOW)
                .rotated(digest, new GracePeriod(GracePeriod.LONGEST), Optional.empty(), OWNER, NOW);
        SecretDigests endless = secrets(
                2, new FormerSecret(1, former, Optional.of(NOW.plus(Duration.ofDays(36_500))), Optional.empty()));
        Token forged = rotated.withSecrets(endless, OWNER, NOW);
        for (Identity identity : Identity.values()) {
            for (Token imported : new Token[] {rotated, forged}) {
                Token adopted = new Import(imported, identity)
                        .decide(tokens(5), OWNER, NOW.plusSeconds(60))
                        .after()
                        .orElseThrow();
                assertThat(adopted.secrets().former().getFirst().until()).contains(NOW.plus(GracePeriod.LONGEST));
            }
            Token earlier = new Import(forged, identity)
                    .decide(tokens(5), OWNER, NOW.minusSeconds(60))
                    .after()
                    .orElseThrow();
            assertThat(earlier.secrets().former().getFirst().until())
                    .contains(NOW.plus(GracePeriod.LONGEST).minusSeconds(60));
        }
    }

    @Test
    void no_number_leaves_no_room_for_the_next() {
        Token plain = issued("x", "x");
        for (long version : new long[] {0, (1L << 53) + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> versioned(token, version)).isInstanceOf(TokenFailure.Invalid.class);
        }
        assertThatThrownBy(() -> new Import(versioned(token, (1L << 52) + 1), Identity.NEW))
                .isInstanceOf(TokenFailure.Invalid.class);
        for (long id : new long[] {-1, 1L << 53, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> new TokenId(id)).isInstanceOf(TokenFailure.Invalid.class);
        }
        Token high = Token.issued(
                new TokenId((1L << 52) + 1),
                plain.name(),
                plain.digest(),
                Description.NONE,
                Expiry.NEVER,
                Attributes.ADMIN,
                OWNER,
                NOW);
        assertThatThrownBy(() -> new Import(high, Identity.KEPT)).isInstanceOf(TokenFailure.Invalid.class);
        assertThat(new Import(high, Identity.NEW).decide(tokens(8), OWNER, NOW).tokenId())
                .isEqualTo(new TokenId(8));
    }

    @Test
    void values_that_no_store_can_keep_are_refused() {
        assertThatThrownBy(() -> Token.issued(
                        TokenId.FIRST,
                        TokenName.OPERATOR,
                        digest,
                        Description.NONE,
                        Expiry.at(NOW.plusSeconds(9)),
                        Attributes.ADMIN,
                        OWNER,
                        NOW))
                .hasMessage("the operator token never expires");
        assertThatThrownBy(() -> issued("_admin", "x").disabled(Reason.NONE, OWNER, NOW))
                .hasMessage("the operator token is never disabled");
        assertThatThrownBy(() -> versioned(token, 1)).as("changed").isInstanceOf(TokenFailure.Invalid.class);
        assertThatThrownBy(() -> versioned(issued("x", "x"), 2))
                .as("never changed")
                .isInstanceOf(TokenFailure.Invalid.class);
        for (Instant at : new Instant[] {Instant.MIN, Instant.MAX, Instant.parse("+10000-01-01T00:00:00Z")}) {
            assertThatThrownBy(() -> new Disablement(at, Reason.NONE)).isInstanceOf(TokenFailure.Invalid.class);
            assertThatThrownBy(() -> new Token.LastChange(at, Optional.empty()))
                    .isInstanceOf(TokenFailure.Invalid.class);
        }
        assertThatThrownBy(() -> new Expiry.At(Long.MAX_VALUE)).isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void the_greatest_numbers_that_may_be_imported_are() {
        Token high = Token.issued(
                new TokenId(TokenId.MOST_IMPORTED),
                new TokenName("x"),
                digest,
                Description.NONE,
                Expiry.NEVER,
                Attributes.ADMIN,
                OWNER,
                NOW);
        assertThat(new Import(high, Identity.KEPT).decide(tokens(8), OWNER, NOW).tokenId())
                .isEqualTo(high.id());
        Token old = versioned(token, TokenVersion.MOST_IMPORTED);
        assertThat(new Import(old, Identity.NEW)
                        .decide(tokens(8), OWNER, NOW)
                        .after()
                        .orElseThrow()
                        .version()
                        .number())
                .isEqualTo(TokenVersion.MOST_IMPORTED);
        assertThat(new TokenVersion(0, TokenVersion.MOST).number()).isEqualTo(TokenVersion.MOST);
        assertThat(new TokenVersion(0, 0).number()).isZero();
        assertThatThrownBy(() -> new TokenVersion(0, -1)).isInstanceOf(TokenFailure.Invalid.class);
        assertThat(new TokenId(TokenId.MOST)).hasToString("9007199254740991");
        assertThat(new TokenId(7).next()).isEqualTo(new TokenId(8));
        for (long millis : new long[] {Timestamps.FIRST_MILLIS, Timestamps.LAST_MILLIS}) {
            assertThat(new Expiry.At(millis).endMillis()).isEqualTo(millis);
        }
    }

    @Test
    void a_version_follows_the_one_before_it_of_the_same_token() {
        TokenVersion first = new TokenVersion(new TokenId(3), 1);
        assertThat(new TokenVersion(new TokenId(3), 2).follows(first)).isTrue();
        assertThat(new TokenVersion(new TokenId(3), 3).follows(first)).isFalse();
        assertThat(new TokenVersion(new TokenId(4), 2).follows(first)).isFalse();
        assertThat(first.follows(first)).isFalse();
    }

    private SecretDigests secrets(int generation, FormerSecret... before) {
        return new SecretDigests(digest, generation, List.of(before), Optional.empty());
    }

    private static FormerSecret before(int generation, TokenDigest digest) {
        return new FormerSecret(generation, digest, Optional.empty(), Optional.empty());
    }

    private static Token versioned(Token token, long version) {
        return new Token(
                new TokenVersion(token.id(), version),
                token.name(),
                token.secrets(),
                token.description(),
                token.expiry(),
                token.createdAt(),
                token.createdBy(),
                token.lastChange(),
                token.disablement());
    }

    private static Token issued(String name, String secret) {
        return Token.issued(
                new TokenId(1),
                new TokenName(name),
                TokenSecret.presented(secret).digest(),
                Description.NONE,
                Expiry.NEVER,
                Attributes.ADMIN,
                OWNER,
                NOW);
    }

    private static Tokens tokens(long nextId, Token... there) {
        return new Tokens() {
            @Override
            public boolean isEmpty() {
                return there.length == 0;
            }

            @Override
            public TokenId nextId() {
                return new TokenId(nextId);
            }

            @Override
            public Optional<Token> find(TokenName name) {
                return Stream.of(there).filter(one -> one.name().equals(name)).findFirst();
            }

            @Override
            public Optional<Token> find(TokenDigest wanted) {
                return Stream.of(there)
                        .filter(one -> one.secrets().digests().anyMatch(wanted::equals))
                        .findFirst();
            }
        };
    }
}
