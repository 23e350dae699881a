package io.latchkey.application;

import static io.latchkey.application.PreconfigurationResult.ALREADY_PRESENT;
import static io.latchkey.application.PreconfigurationResult.ANOTHER_NAME;
import static io.latchkey.application.PreconfigurationResult.ANOTHER_SECRET;
import static io.latchkey.application.PreconfigurationResult.ENDED;
import static io.latchkey.application.PreconfigurationResult.REGISTERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens whose secrets were generated outside Latchkey. */
final class PreconfigurationResultTest {
    private static final TokenName CI = new TokenName("ci");

    private final ManualClock clock = new ManualClock();
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenAuthority authority = new ManualTicker().authority(store, clock);
    private final TokenSecret secret = TokenSecret.generate(new SecureRandom());
    private final TokenSecret other = TokenSecret.generate(new SecureRandom());

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private static Change.Register wanted(TokenName name, TokenSecret secret) {
        return new Change.Register(name, secret.digest(), Lifetime.UNLIMITED, new Description("from a file"));
    }

    private ActorAccess owner() {
        return authority.actingAs(new Actor.FileOwner());
    }

    @Test
    void is_valid_after_the_first_start_and_every_later_one() {
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(TokenName.OPERATOR, secret)))
                .isEqualTo(REGISTERED);
        assertThat(authority.authenticate(secret)).isInstanceOf(Verdict.Accepted.class);
        assertThat(owner().tokens().find(TokenName.OPERATOR).description().text())
                .isEqualTo("from a file");
        for (int i = 0; i < 3; i++) {
            assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(TokenName.OPERATOR, secret)))
                    .isEqualTo(ALREADY_PRESENT);
        }
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void closes_the_bootstrap() {
        authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret));
        assertThatThrownBy(() ->
                        authority.actingAs(new Actor.LocalBootstrap()).tokens().createOperator())
                .isInstanceOf(TokenFailure.Unauthenticated.class);
    }

    @Test
    void does_not_replace_a_secret_that_is_in_force() {
        authority.preconfigure(new Actor.FileOwner(), wanted(TokenName.OPERATOR, secret));
        TokenSecret regenerated = owner().tokens().regenerateOperator().secret();
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(TokenName.OPERATOR, secret)))
                .isEqualTo(ANOTHER_SECRET);
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.RETIRED);
        assertThat(authority.authenticate(regenerated)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void a_token_keeps_the_name_it_was_given_since() {
        authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret));
        owner().tokens()
                .edit(
                        CI,
                        new TokenEdit(Optional.of(new TokenName("new")), Optional.empty(), Optional.empty()),
                        Precondition.NONE);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret)))
                .isEqualTo(ANOTHER_NAME);
        assertThat(owner().tokens().list()).hasSize(1);
    }

    @Test
    void a_revoked_secret_is_not_valid_again_after_a_restart() {
        authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret));
        authority.actingAs(new Actor.LeakReporter()).tokens().burn(secret);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret)))
                .isEqualTo(ENDED);
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.UNKNOWN);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, other)))
                .isEqualTo(REGISTERED);

        authority.preconfigure(new Actor.FileOwner(), wanted(TokenName.OPERATOR, TokenSecret.presented("leaked")));
        owner().tokens().regenerateOperator();
        assertThat(authority.preconfigure(
                        new Actor.FileOwner(), wanted(new TokenName("x"), TokenSecret.presented("leaked"))))
                .isEqualTo(ENDED);
    }

    @Test
    void an_expiry_between_two_starts_is_no_error() {
        var wanted = new Change.Register(
                CI, secret.digest(), new Lifetime.Until(clock.instant().plus(Duration.ofSeconds(5))), Description.NONE);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted)).isEqualTo(REGISTERED);
        clock.advance(Duration.ofSeconds(6));
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted)).isEqualTo(ALREADY_PRESENT);
    }

    @Test
    void what_is_prepared_fits() {
        var prepared = OfflineToken.prepare(
                CI, new Lifetime.Span(Duration.ofDays(1)), Description.NONE, clock, new SecureRandom());
        assertThat(prepared.expiry().end()).contains(clock.instant().plus(Duration.ofDays(1)));
        assertThat(TokenSecret.chosen(prepared.secret().reveal()).digest())
                .isEqualTo(prepared.secret().digest());
    }

    @Test
    void a_token_that_exists_with_other_permissions_keeps_them() {
        TokenSecret secret = TokenSecret.presented("resource");
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret, "db:a:read,write")))
                .isEqualTo(REGISTERED);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret, "db:a:write,read")))
                .isEqualTo(ALREADY_PRESENT);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret, "db:a:read")))
                .isEqualTo(PreconfigurationResult.OTHER_RIGHTS);
        assertThat(authority.preconfigure(new Actor.FileOwner(), wanted(CI, secret)))
                .isEqualTo(PreconfigurationResult.OTHER_RIGHTS);
    }

    private static Change.Register wanted(TokenName name, TokenSecret secret, String permission) {
        return new Change.Register(
                name,
                secret.digest(),
                Lifetime.UNLIMITED,
                Description.NONE,
                Attributes.ADMIN.with(Permissions.parse(List.of(permission))));
    }
}
