package io.latchkey.cli;

import static io.latchkey.cli.KeptConnection.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One HAProxy in which two services are guarded by two Latchkeys, and in which somebody else's script uses the same HTTP
 * client: none of the three hears what was meant for another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedHaproxyIT {
    private static final String SCRIPT = """
            core.register_action("other", { "http-req" }, function(txn, socket, port)
                core.httpclient():get({ url = "http://other/", dst = socket })
                core.httpclient():get({ url = "http://other/", dst = port })
            end, 2)
            """;

    private Path folder;
    private int other;
    private Guard one;
    private Guard two;

    /** A Latchkey, the service that it guards, and where HAProxy guards it. */
    private record Guard(String name, ChildProcess.Server latchkey, GuardedBackend service, int port, String secret) {
        int knock(String path, String... headers) throws IOException {
            try (var user = new KeptConnection(port)) {
                return user.get(path, headers).status();
            }
        }
    }

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        DebianProgram.need("haproxy");
        folder = home;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        other = Loopback.freePort();
        // Says yes to whatever it is asked, through a Unix socket and through a port.
        Files.writeString(folder.resolve("other.cfg"), """
                global
                    lua-load-per-thread other.lua
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                frontend other
                    bind 127.0.0.1:%1$d
                    http-request lua.other abns@latchkey-test-%1$d ipv4@127.0.0.1:%2$d
                    http-request return status 200
                frontend yes
                    bind abns@latchkey-test-%1$d
                    bind 127.0.0.1:%2$d
                    http-request return status 200 hdr X-Token-Id 0 hdr X-Token-Name other hdr X-Token-Kind operator
                """.formatted(other, Loopback.freePort()));
        Files.writeString(folder.resolve("other.lua"), SCRIPT);
        one = guard("a");
        two = guard("b");
        Files.writeString(folder.resolve("latchkey.lua"), succeeds(one, "config", "haproxy-lua"));
    }

    @AfterAll
    void end() throws IOException {
        for (Guard guard : new Guard[] {one, two}) {
            if (guard != null) {
                guard.latchkey().close();
                guard.service().close();
            }
        }
    }

    private Guard guard(String name) throws Exception {
        ChildProcess commands = new ChildProcess(Files.createDirectory(folder.resolve(name)));
        String secret = commands.run("create", "token", "--admin", "--format", "token")
                .out()
                .strip();
        return new Guard(name, commands.serve(), new GuardedBackend(), Loopback.freePort(), secret);
    }

    private String succeeds(Guard guard, String... command) throws Exception {
        ChildProcess.Result result = new ChildProcess(folder.resolve(guard.name())).run(command);
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private void print(Guard guard, String... options) throws Exception {
        String[] usual = {
            "config",
            "haproxy",
            "--listen",
            "127.0.0.1:" + guard.port(),
            "--upstream",
            "http://127.0.0.1:" + guard.service().port(),
            "--latchkey",
            guard.latchkey().address().toString(),
            "--dir",
            folder.toString()
        };
        String recipe =
                succeeds(guard, Stream.of(usual, options).flatMap(Stream::of).toArray(String[]::new));
        Files.writeString(folder.resolve(guard.name() + ".cfg"), recipe);
    }

    private DebianProgram haproxy() throws IOException {
        // HAProxy listens in the order of its files.
        return DebianProgram.start(
                folder, two.port(), Map.of(), "haproxy", "-db", "-f", "other.cfg", "-f", "a.cfg", "-f", "b.cfg");
    }

    private void letTheOtherScriptAsk() throws IOException {
        try (var user = new KeptConnection(other)) {
            assertThat(user.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void each_service_asks_its_own_latchkey() throws Exception {
        print(one);
        print(two);
        try (var haproxy = haproxy()) {
            assertThat(haproxy.process().isAlive()).isTrue();
            for (int i = 0; i < 10; i++) {
                letTheOtherScriptAsk();
                assertThat(one.knock("/none")).isEqualTo(401);
                assertThat(one.knock("/own", bearer(one.secret()))).isEqualTo(200);
                assertThat(two.knock("/wrong", bearer(one.secret()))).isEqualTo(401);
                assertThat(two.knock("/own", bearer(two.secret()))).isEqualTo(200);
                assertThat(one.knock("/wrong", bearer(two.secret()))).isEqualTo(401);
                assertThat(two.knock("/none")).isEqualTo(401);
            }
        }
        for (Guard guard : List.of(one, two)) {
            assertThat(guard.service().received("/none")).isEmpty();
            assertThat(guard.service().received("/wrong")).isEmpty();
            assertThat(guard.service().received("/own"))
                    .hasSize(10)
                    .allSatisfy(
                            request -> assertThat(request.value("X-Token-Name")).isEqualTo("_admin"));
        }
    }

    /** HAProxy lets two frontends have one port, and gives each some of the connections. */
    @Test
    void two_that_were_given_one_port_are_closed_rather_than_confused() throws Exception {
        String port = Integer.toString(Loopback.freePort());
        print(one, "--verify-port", port);
        print(two, "--verify-port", port);
        try (var haproxy = haproxy()) {
            assertThat(haproxy.process().isAlive()).isTrue();
            for (int i = 0; i < 10; i++) {
                assertThat(one.knock("/confused", bearer(two.secret()))).isIn(401, 503);
                assertThat(two.knock("/confused", bearer(one.secret()))).isIn(401, 503);
                assertThat(one.knock("/right", bearer(one.secret()))).isIn(200, 503);
                assertThat(two.knock("/right", bearer(two.secret()))).isIn(200, 503);
            }
        }
        assertThat(one.service().received("/confused")).isEmpty();
        assertThat(two.service().received("/confused")).isEmpty();
    }
}
