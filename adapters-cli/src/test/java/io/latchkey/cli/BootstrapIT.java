package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator token of a new instance, and who gets it: nobody through a proxy that tells of nobody, and no other user
 * of this machine.
 */
class BootstrapIT {
    private static final String PATH = "/api/v3/configure/token/admin";
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1:8181", "guarded.test");

    @TempDir
    Path folder;

    private int plain;
    private int polite;
    private int bare;

    @BeforeAll
    static void need() {
        DebianProgram.need("nginx");
        DebianProgram.need("haproxy");
        DebianProgram.need("setpriv");
        DebianProgram.need("curl");
        if (!System.getProperty("user.name").equals("root")) {
            DebianProgram.missing("programs get users of their own from root only");
        }
    }

    @Test
    void no_stranger_gets_it_and_the_owner_does() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        try (var server = new ChildProcess(home).serve();
                var nginx = nginx(server.address().getPort());
                var haproxy = haproxy(server.address().getPort())) {
            assertThat(List.of(nginx, haproxy))
                    .allMatch(program -> program.process().isAlive());
            for (int port : List.of(plain, polite, bare)) {
                for (String host : HOSTS) {
                    assertRefused(curl("http://127.0.0.1:" + port, host));
                }
            }
            String direct = server.address().toString();
            assertRefused(curl(direct, "localhost", "setpriv", "--reuid=www-data", "--clear-groups"));
            assertThat(curl(direct, "localhost"))
                    .contains("\"name\":\"_admin\"")
                    .endsWith(" 201");
            assertThat(curl(direct, "localhost")).endsWith(" 409");
        }
    }

    private static void assertRefused(String answer) {
        assertThat(answer)
                .contains("latchkey create token --admin", "--admin-token-file", "--allow-remote-bootstrap")
                .doesNotContain("apiv3_")
                .endsWith(" 403");
    }

    /** What is answered to a program that is started as another user, or not, with the status behind it. */
    private static String curl(String address, String host, String... asUser) throws Exception {
        List<String> command = new ArrayList<>(List.of(asUser));
        command.addAll(
                List.of("curl", "-sS", "-X", "POST", "-H", "Host: " + host, "-w", " %{http_code}", address + PATH));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** As it comes, and as people set it up who want connections to be kept. */
    private DebianProgram nginx(int latchkey) throws Exception {
        plain = Loopback.freePort();
        polite = Loopback.freePort();
        Files.writeString(folder.resolve("nginx.conf"), """
                user www-data;
                daemon off;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%2$d;
                        location / { proxy_pass http://127.0.0.1:%1$d; }
                    }
                    server {
                        listen 127.0.0.1:%3$d;
                        location / {
                            proxy_pass http://127.0.0.1:%1$d;
                            proxy_http_version 1.1;
                            proxy_set_header Host $http_host;
                            proxy_set_header Connection "";
                        }
                    }
                }
                """.formatted(latchkey, plain, polite));
        return DebianProgram.start(
                folder, polite, Map.of(), "nginx", "-p", folder.toString(), "-e", "stderr", "-c", "nginx.conf");
    }

    private DebianProgram haproxy(int latchkey) throws Exception {
        bare = Loopback.freePort();
        Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                    user haproxy
                    group haproxy
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                frontend all
                    bind 127.0.0.1:%d
                    default_backend latchkey
                backend latchkey
                    server latchkey 127.0.0.1:%d
                """.formatted(bare, latchkey));
        return DebianProgram.start(folder, bare, Map.of(), "haproxy", "-db", "-f", "haproxy.cfg");
    }
}
