package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStores;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.serve.ServerSettings;
import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MainTest {
    private static final String SECRET = "apiv3_" + "s".repeat(86);

    /** An authority with a bug that talks about what it should not. */
    private static final Servers BROKEN = new Servers() {
        @Override
        public <T> T ask(Location location, Optional<Credential> credential, Function<ActorAccess, T> question) {
            throw new IllegalStateException("did not expect " + SECRET);
        }

        @Override
        public DatabaseFiles files() {
            throw new IllegalStateException("did not expect to be asked for files");
        }

        @Override
        public TokenStores stores() {
            throw new IllegalStateException("did not expect to be asked for stores");
        }

        @Override
        public TokenLines lines() {
            throw new IllegalStateException("did not expect to be asked for lines");
        }

        @Override
        public ServerDescription greet(Location.Remote server, Optional<Credential> credential) {
            throw new IllegalStateException("did not expect " + server);
        }

        @Override
        public ConsoleLink consoleLink(Location.Remote server, Optional<Credential> credential) {
            throw new IllegalStateException("did not expect " + server);
        }

        @Override
        public URI ownerLink(StoreLocation store, Location.Remote server) {
            throw new IllegalStateException("did not expect " + server);
        }

        @Override
        public InstantSource clock() {
            throw new IllegalStateException("did not expect to be asked the time");
        }

        @Override
        public OfflineToken prepare(TokenName name, Lifetime lifetime, Description description) {
            throw new IllegalStateException("did not expect " + name);
        }

        @Override
        public Serving serve(ServerSettings settings) {
            throw new IllegalStateException("did not expect " + settings);
        }
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_bug_is_one_line_without_the_secret_it_talks_about() {
        assertThat(run(Map.of())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualTo("latchkey: internal error: java.lang.IllegalStateException: did not expect apiv3_***"
                        + " (set LATCHKEY_DEBUG=1 for the stack trace)\n");
    }

    @Test
    void a_bug_shows_where_it_is_if_asked_and_still_no_secret() {
        assertThat(run(Map.of("LATCHKEY_DEBUG", "1"))).isEqualTo(1);
        assertThat(err.toString()).contains("\tat io.latchkey.cli.").doesNotContain(SECRET);
    }

    private int run(Map<String, String> variables) {
        return Main.run(
                new Environment(
                        variables,
                        InputStream.nullInputStream(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        () -> false),
                BROKEN,
                "show",
                "tokens",
                "--host",
                "http://broken.test");
    }
}
