package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Change.Adopt;
import io.latchkey.domain.Change.Adopt.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AdoptTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor OWNER = new Actor.Owner();

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
                OWNER,
                NOW.minusSeconds(100));
        Actor.Holder other = new Actor.Holder(new TokenId(3), new TokenName("other"), digest);
        return issued.regenerated(digest, other, NOW.minusSeconds(50)).disabled(new Reason("why"), other, NOW);
    }

    @Test
    void a_token_that_moves_with_the_others_stays_as_it_was() {
        assertThat(new Adopt(token, Identity.KEPT).decide(tokens(5), OWNER, NOW))
                .isEqualTo(new TokenEvent.Issued(OWNER, NOW, token));
        assertThatThrownBy(() -> new Adopt(token, Identity.KEPT).decide(tokens(6), OWNER, NOW))
                .isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void a_token_that_comes_to_others_gets_an_id_and_says_of_none_that_it_made_it() {
        Token adopted = new Adopt(token, Identity.NEW)
                .decide(tokens(8), OWNER, NOW)
                .after()
                .orElseThrow();
        assertThat(adopted.id()).isEqualTo(new TokenId(8));
        assertThat(adopted.createdBy()).isEmpty();
        assertThat(adopted.lastChange().orElseThrow().by()).isEmpty();
        assertThat(adopted.lastChange().orElseThrow().at()).isEqualTo(NOW);
        assertThat(adopted.secrets()).isEqualTo(token.secrets());
        assertThat(adopted.rest()).isEqualTo(token.rest());
        assertThat(adopted.createdAt()).isEqualTo(token.createdAt());
    }

    @Test
    void nothing_is_adopted_whose_name_or_secrets_are_there() {
        for (Token there : new Token[] {issued("ci", "x"), issued("x", "one"), issued("x", "former")}) {
            assertThatThrownBy(() -> new Adopt(token, Identity.NEW).decide(tokens(8, there), OWNER, NOW))
                    .isInstanceOfAny(TokenFailure.NameTaken.class, TokenFailure.SecretTaken.class);
        }
    }

    @Test
    void nobody_but_the_owner_of_the_file_adopts() {
        Actor holder = new Actor.Holder(new TokenId(3), TokenName.OPERATOR, digest);
        for (Actor actor : new Actor[] {holder, new Actor.Recovery(), new Actor.Finder()}) {
            assertThatThrownBy(() -> new Adopt(token, Identity.NEW).decide(tokens(0), actor, NOW))
                    .isInstanceOf(TokenFailure.Forbidden.class);
        }
        for (Actor actor : new Actor[] {new Actor.Bootstrap(), new Actor.Stranger(), new Actor.Guest()}) {
            assertThatThrownBy(() -> new Adopt(token, Identity.NEW).decide(tokens(0), actor, NOW))
                    .isInstanceOf(TokenFailure.Unauthenticated.class);
        }
    }

    private static Token issued(String name, String secret) {
        return Token.issued(
                new TokenId(1),
                new TokenName(name),
                TokenSecret.presented(secret).digest(),
                Description.NONE,
                Expiry.NEVER,
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
