package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.transfer.DryRun;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RevokedSecretsTest {
    private static final TokenName CI = new TokenName("ci");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final ManualClock clock = new ManualClock();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final ActorAccess owner = authority.actingAs(new Actor.FileOwner());

    @AfterEach
    void close() {
        authority.close();
    }

    private IssuedToken create() {
        return owner.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
    }

    private Set<TokenDigest> ended(TokenDigest... secrets) {
        return RevokedSecrets.among(Set.of(secrets), store, clock.instant());
    }

    @Test
    void a_secret_has_ended_when_its_token_was_revoked_or_got_another() {
        TokenDigest unknown = TokenSecret.presented("unknown").digest();
        TokenDigest replaced = owner.tokens().createOperator().digest();
        TokenDigest operator = owner.tokens().regenerateOperator().digest();
        TokenDigest revoked = create().digest();
        owner.tokens().revoke(CI, Precondition.NONE);
        IssuedToken burned = create();
        owner.tokens().burn(burned.secret());
        TokenDigest live = create().digest();
        assertThat(ended(unknown, replaced, operator, revoked, burned.digest(), live))
                .containsExactlyInAnyOrder(replaced, revoked, burned.digest());
        assertThat(ended(unknown, replaced)).containsExactly(replaced);
    }

    @Test
    void one_that_lives_again_has_not_ended() {
        TokenDigest secret = create().digest();
        Token token = owner.tokens().find(CI);
        owner.tokens().revoke(CI, Precondition.NONE);
        assertThat(ended(secret)).containsExactly(secret);
        owner.transfer().importTokens(List.of(token), DryRun.NO);
        assertThat(ended(secret)).isEmpty();
    }

    @Test
    void a_long_ledger_is_read_to_its_end() {
        TokenDigest secret = create().digest();
        for (int i = 0; i < 2_500; i++) {
            owner.tokens()
                    .edit(
                            CI,
                            new TokenEdit(
                                    Optional.empty(), Optional.of(new Description("edit " + i)), Optional.empty()),
                            Precondition.NONE);
        }
        owner.tokens().revoke(CI, Precondition.NONE);
        assertThat(ended(secret)).containsExactly(secret);
    }

    @Test
    void a_secret_before_the_imported_one_has_ended_too() {
        IssuedToken first = create();
        IssuedToken second = withNewSecret(GracePeriod.NONE);
        Token imported = owner.tokens().find(CI);
        TokenStore elsewhere = new InMemoryTokenStore();
        try (TokenAuthority other = new ManualTicker().authority(elsewhere, clock)) {
            other.start();
            other.actingAs(new Actor.FileOwner()).transfer().importTokens(List.of(imported), DryRun.NO);
            Set<TokenDigest> both = Set.of(first.digest(), second.digest());
            assertThat(RevokedSecrets.among(both, elsewhere, clock.instant())).containsExactly(first.digest());
            other.actingAs(new Actor.FileOwner()).tokens().revoke(CI, Precondition.NONE);
            assertThat(RevokedSecrets.among(both, elsewhere, clock.instant())).isEqualTo(both);
            var wanted = new Change.Register(CI, first.digest(), Lifetime.UNLIMITED, Description.NONE);
            assertThat(other.preconfigure(new Actor.FileOwner(), wanted)).isEqualTo(PreconfigurationResult.ENDED);
            assertThat(other.authenticate(first.secret())).isEqualTo(Verdict.Refused.UNKNOWN);
        }
    }

    @Test
    void the_secret_before_has_ended_only_when_it_is_accepted_no_more() {
        IssuedToken first = create();
        withNewSecret(new GracePeriod(Duration.ofMinutes(1)));
        assertThat(ended(first.digest())).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(ended(first.digest())).containsExactly(first.digest());
    }

    private IssuedToken withNewSecret(GracePeriod grace) {
        RotatedToken rotated = owner.tokens().rotate(CI, grace, Optional.empty(), Precondition.NONE);
        return IssuedToken.of(rotated.token(), rotated.secret());
    }
}
