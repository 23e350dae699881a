package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndedSecretsTest {
    private static final TokenName CI = new TokenName("ci");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority =
            new TokenAuthority(store, new InMemorySystemTables(), new ManualClock(), new SecureRandom());
    private final TokenAdministration owner = authority.actingAs(new Actor.Owner());

    @AfterEach
    void close() {
        authority.close();
    }

    private IssuedToken create() {
        return owner.createNamed(CI, Lifetime.UNLIMITED, Description.NONE);
    }

    private Set<TokenDigest> ended(TokenDigest... secrets) {
        return EndedSecrets.among(Set.of(secrets), store);
    }

    @Test
    void a_secret_has_ended_when_its_token_was_revoked_or_got_another() {
        TokenDigest unknown = TokenSecret.presented("unknown").digest();
        TokenDigest replaced = owner.createOperator().digest();
        TokenDigest operator = owner.regenerateOperator().digest();
        TokenDigest revoked = create().digest();
        owner.revoke(CI, Precondition.NONE);
        IssuedToken burned = create();
        owner.burn(burned.secret());
        TokenDigest live = create().digest();
        assertThat(ended(unknown, replaced, operator, revoked, burned.digest(), live))
                .containsExactlyInAnyOrder(replaced, revoked, burned.digest());
        assertThat(ended(unknown, replaced)).containsExactly(replaced);
    }

    @Test
    void one_that_lives_again_has_not_ended() {
        TokenDigest secret = create().digest();
        Token token = owner.find(CI);
        owner.revoke(CI, Precondition.NONE);
        assertThat(ended(secret)).containsExactly(secret);
        owner.adopt(List.of(token), Run.REAL);
        assertThat(ended(secret)).isEmpty();
    }

    @Test
    void a_long_ledger_is_read_to_its_end() {
        TokenDigest secret = create().digest();
        for (int i = 0; i < 2_500; i++) {
            owner.edit(
                    CI,
                    new TokenEdit(Optional.empty(), Optional.of(new Description("edit " + i)), Optional.empty()),
                    Precondition.NONE);
        }
        owner.revoke(CI, Precondition.NONE);
        assertThat(ended(secret)).containsExactly(secret);
    }
}
