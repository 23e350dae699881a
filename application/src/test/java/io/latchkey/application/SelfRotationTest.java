package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rights;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SelfRotationTest {
    private static final TokenName CI = new TokenName("ci");
    private static final GracePeriod HOUR = new GracePeriod(Duration.ofHours(1));

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private TokenAuthority authority = authority(SelfRotation.ALLOWED);

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void a_resource_token_rotates_itself_without_a_permission() {
        TokenAdministration own = holder(Permissions.NONE);
        assertThat(rotated(own)).isEqualTo(2);
        assertThat(authority.letsTokensRotateThemselves()).isTrue();
    }

    @Test
    void where_it_is_refused_a_resource_token_needs_the_permission_for_its_own_name() {
        authority.close();
        authority = authority(SelfRotation.REFUSED);
        TokenAdministration own = holder(Permissions.parse(List.of("tokens:other:rotate")));
        assertThatThrownBy(() -> rotated(own))
                .isInstanceOf(TokenFailure.PermissionMissing.class)
                .hasMessageEndingWith("tokens:ci:rotate");
        assertThatThrownBy(() -> own.finishRotation(CI, Precondition.NONE))
                .isInstanceOf(TokenFailure.PermissionMissing.class);
        assertThatThrownBy(() -> own.undoRotation(CI, Precondition.NONE))
                .isInstanceOf(TokenFailure.PermissionMissing.class);
    }

    @Test
    void where_it_is_refused_a_resource_token_with_the_permission_rotates_itself() {
        authority.close();
        authority = authority(SelfRotation.REFUSED);
        assertThat(rotated(holder(Permissions.parse(List.of("tokens:ci:rotate")))))
                .isEqualTo(2);
    }

    @Test
    void where_it_is_refused_an_admin_token_rotates_itself() {
        authority.close();
        authority = authority(SelfRotation.REFUSED);
        assertThat(rotated(holder(Rights.ALL))).isEqualTo(2);
        assertThat(authority.letsTokensRotateThemselves()).isFalse();
    }

    @Test
    void a_rotation_says_how_long_the_secret_before_is_accepted() {
        TokenAdministration own = holder(Rights.ALL);
        RotatedToken rotated = own.rotate(CI, HOUR, Optional.empty(), Precondition.NONE);
        assertThat(rotated.previousSecretUntil())
                .contains(new ManualClock().instant().plus(Duration.ofHours(1)));
    }

    private static int rotated(TokenAdministration own) {
        return own.rotate(CI, HOUR, Optional.empty(), Precondition.NONE)
                .token()
                .secrets()
                .generation();
    }

    private TokenAdministration holder(Rights rights) {
        IssuedToken issued = authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(CI, Lifetime.UNLIMITED, Description.NONE, Attributes.ADMIN.with(rights)));
        return authority.actingAs(issued.secret()).tokens();
    }

    private TokenAuthority authority(SelfRotation selfRotation) {
        TokenAuthority made = new TokenAuthority(
                store,
                new InMemorySystemTables(),
                new ManualClock(),
                new SecureRandom(),
                ExpiryPolicy.NONE,
                selfRotation);
        made.start();
        return made;
    }
}
