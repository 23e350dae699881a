package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAProxy with what {@code latchkey config haproxy} and {@code haproxy-lua} print, and nothing else. */
class HaproxyIT extends RoutingRecipe {
    @Override
    String program() {
        return "haproxy";
    }

    @Override
    DebianProgram start(ProxyTestBed stage, String... options) throws Exception {
        Path folder = stage.folder;
        stage.print("haproxy-lua", folder.resolve("latchkey.lua"));
        String[] own = {"--verify-port", Integer.toString(Loopback.freePort()), "--dir", folder.toString()};
        stage.printGuard("haproxy", folder.resolve("haproxy.cfg"), GuardingRecipe.with(own, options));
        return DebianProgram.start(folder, stage.port, Map.of(), "haproxy", "-db", "-f", "haproxy.cfg");
    }

    /** HAProxy knows these requests by a URL that it makes of host and path. */
    @Test
    void a_path_of_http_2_is_a_path(@TempDir Path folder) throws Exception {
        DebianProgram.need("curl");
        String routed = stage.routed("routed2", "service:web:read", "GET guarded.test/api/**");
        for (String target : List.of("/api/%41?x", "/api/a/")) {
            assertThat(http2(folder, target, routed)).as(target).isEqualTo("200");
            assertThat(stage.backend.received().getLast().start()).isEqualTo("GET " + target + " HTTP/1.1");
        }
        int before = stage.backend.received().size();
        for (String target : List.of("/admin", "/api/../admin", "/api/%2e%2e/admin", "//guarded.test/api/a")) {
            assertThat(http2(folder, target, routed)).as(target).isEqualTo("401");
        }
        assertThat(stage.backend.received()).hasSize(before);
    }

    /** The status. */
    private String http2(Path folder, String target, String secret) throws Exception {
        return DebianProgram.run(
                Files.writeString(folder.resolve("header"), KeptConnection.bearer(secret)),
                "curl",
                "--silent",
                "--http2-prior-knowledge",
                "--path-as-is",
                "--output",
                folder.resolve("body").toString(),
                "--write-out",
                "%{http_code}",
                "--header",
                "@-",
                "--header",
                "Host: guarded.test",
                "http://" + stage.listen() + target);
    }
}
