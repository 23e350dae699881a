package io.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.NewToken;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client learns from each endpoint, Latchkey's and InfluxDB's, which permission its token lacks. */
final class RemotePermissionsTest {
    private static final TokenName CI = new TokenName("ci \"1\"");
    private static RunningServer server;
    private static ActorAccess nobody;

    @BeforeAll
    static void start() {
        server = new RunningServer();
        var _ = server.operator();
        TokenSecret secret = server.authority
                .actingAs(new Actor.FileOwner())
                .tokens()
                .create(new NewToken(
                        new TokenName("nobody"),
                        Lifetime.UNLIMITED,
                        Description.NONE,
                        Attributes.ADMIN.with(Permissions.NONE)))
                .secret();
        nobody = new HttpRemoteAuthorities()
                .at(URI.create("http://127.0.0.1:" + server.port()), ServerTrust.DEFAULT, Optional.of(secret));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_permission_is_named_by_latchkeys_endpoints() {
        assertThat(missing(() -> nobody.tokens().find(CI))).isEqualTo("tokens:ci%20\"1\":read");
        assertThat(missing(() -> nobody.tokens().finishRotation(CI, Precondition.NONE)))
                .isEqualTo("tokens:ci%20\"1\":rotate");
        assertThat(missing(() -> nobody.tokens().createNamed(CI, Lifetime.UNLIMITED, new Description("x"))))
                .isEqualTo("tokens:ci%20\"1\":create");
        assertThat(missing(() -> nobody.transfer().importTokens(List.of(), DryRun.YES)))
                .isEqualTo("tokens:*:create");
    }

    @Test
    void the_permission_is_named_by_influxdbs_endpoints() {
        assertThat(missing(() -> nobody.tokens().createNamed(CI, Lifetime.UNLIMITED, Description.NONE)))
                .isEqualTo("tokens:ci%20%221%22:create");
        assertThat(missing(() -> nobody.queries().query(SystemQuery.ALL_TOKENS, TableFormat.JSON)))
                .isEqualTo("tokens:*:read");
    }

    private static String missing(ThrowingCallable act) {
        TokenFailure.PermissionMissing failure = catchThrowableOfType(TokenFailure.PermissionMissing.class, act);
        assertThat(failure).hasMessage("this token needs the permission " + failure.permission());
        return failure.permission();
    }
}
