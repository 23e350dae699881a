package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that ask Latchkey over a Unix-domain socket, with what {@code latchkey config} prints for them. */
class SocketRecipesIT {
    @TempDir
    Path folder;

    static List<GuardingRecipe> programs() {
        return List.of(new NginxIT(), new HaproxyIT(), new CaddyIT());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_program_asks_over_a_socket(GuardingRecipe recipe) throws Exception {
        DebianProgram.need(recipe.program());
        try (var stage = new ProxyTestBed(folder, recipe::start, ProxyTestBed.Wire.SOCKET)) {
            String reader = stage.resource("reader", "service:web:read");
            String routed = stage.routed("routed", "service:web:read", "GET guarded.test/api/**");
            assertThat(status(stage, "GET", "/none")).isEqualTo(401);
            assertThat(status(stage, "GET", "/who", bearer(stage.operator()))).isEqualTo(200);
            assertThat(stage.backend.received("/who").getFirst().value("X-Token-Name"))
                    .isEqualTo("_admin");
            assertThat(status(stage, "GET", "/read", bearer(reader))).isEqualTo(200);
            assertThat(status(stage, "POST", "/write", bearer(reader))).isEqualTo(403);
            assertThat(status(stage, "GET", "/admin", bearer(routed))).isEqualTo(401);
            stage.revoke("reader");
            assertThat(status(stage, "GET", "/read", bearer(reader))).isEqualTo(401);
            stage.stopLatchkey();
            assertThat(status(stage, "GET", "/away", bearer(stage.operator()))).isBetween(500, 599);
            stage.startLatchkey();
            assertThat(status(stage, "GET", "/back", bearer(stage.operator()))).isEqualTo(200);
            assertThat(stage.backend.received("/away")).isEmpty();
            assertThat(stage.relay.connections()).isZero();
        }
    }

    private static int status(ProxyTestBed stage, String method, String path, String... headers) throws IOException {
        try (var user = new KeptConnection(stage.port)) {
            return user.send(method, path, "", headers).status();
        }
    }
}
