package io.latchkey.http.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenAdministration;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RawConnection;
import io.latchkey.http.RunningServer;
import io.latchkey.http.client.HttpRemoteAuthorities;
import io.latchkey.http.wire.Paths;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose names are folders in the path of a URL. */
final class FolderNamesTest {
    private final RunningServer server = new RunningServer(Map.of());
    private final String operator = server.operator();

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenAdministration tokens() {
        return server.authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private String get(String path) {
        return RawConnection.exchange(
                server.port(),
                ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + operator + "\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "=.", "=..", "..."})
    void have_a_path_that_no_client_and_no_proxy_resolves(String name) {
        TokenName token = new TokenName(name);
        tokens().createNamed(token, Lifetime.UNLIMITED, Description.NONE);
        String path = Paths.of(token);
        assertThat(URI.create(path.replaceAll("(?i)%2e", ".")).normalize()).hasToString(path);
        assertThat(get(path)).startsWith("HTTP/1.1 200 ").contains("\"name\":\"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void are_understood_in_other_forms(String name) {
        tokens().createNamed(new TokenName(name), Lifetime.UNLIMITED, Description.NONE);
        for (String segment : new String[] {"=" + name, name.replace(".", "%2E"), "=" + name.replace(".", "%2e")}) {
            assertThat(get("/api/v1/tokens/" + segment)).as(segment).startsWith("HTTP/1.1 200 ");
        }
        assertThat(get("/api/v1/tokens/%3D" + name)).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void are_administered_by_the_remote_commands(String name) {
        TokenName token = new TokenName(name);
        tokens().createNamed(token, Lifetime.UNLIMITED, Description.NONE);
        TokenAdministration remote = new HttpRemoteAuthorities()
                .at(
                        URI.create("http://127.0.0.1:" + server.port()),
                        ServerTrust.DEFAULT,
                        Optional.of(TokenSecret.presented(operator)))
                .tokens();
        remote.disable(token, Reason.NONE, Precondition.NONE);
        assertThat(tokens().find(token).disablement()).isPresent();
        remote.revoke(token, Precondition.NONE);
        assertThat(server.store.find(token)).isEmpty();
    }
}
