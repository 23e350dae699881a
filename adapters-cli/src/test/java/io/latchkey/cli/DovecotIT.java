package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dovecot with what {@code latchkey config dovecot} and {@code dovecot-oauth2} print, for users who read mail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotIT {
    private static final String LOGIN = "mail:imap:login";

    private ProxyTestBed stage;

    @BeforeAll
    void set(@TempDir Path folder) throws Exception {
        DebianProgram.need("dovecot");
        if (!"root".equals(System.getProperty("user.name"))) {
            DebianProgram.missing("Dovecot starts its parts under other names, which only root can do");
        }
        stage = new ProxyTestBed(folder, DovecotIT::start);
    }

    @AfterAll
    void strike() throws IOException {
        if (stage != null) {
            stage.close();
        }
    }

    private static DebianProgram start(ProxyTestBed stage) throws Exception {
        Path folder = stage.folder;
        stage.print("dovecot", folder.resolve("latchkey.conf"), "--dir", folder.toString());
        stage.print("dovecot-oauth2", folder.resolve("latchkey-oauth2.conf.ext"), "--latchkey", stage.latchkeyUrl());
        Files.writeString(
                folder.resolve("latchkey-introspection.conf"),
                "introspection_url = http://dovecot:%s@127.0.0.1:%d/oauth2/introspect\n"
                        .formatted(stage.resource("dovecot", "introspection:*:read"), stage.relay.port()));
        Files.writeString(folder.resolve("dovecot.conf"), """
                protocols = imap
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.errors
                ssl = no
                disable_plaintext_auth = no
                # Whoever fails is made to wait, seconds each time: not here.
                auth_failure_delay = 0
                service anvil {
                  unix_listener anvil-auth-penalty {
                    mode = 0
                  }
                }
                mail_location = maildir:%1$s/mail/%%u
                userdb {
                  driver = static
                  args = uid=nobody gid=nogroup home=/nonexistent
                }
                service imap-login {
                  inet_listener imap {
                    address = 127.0.0.1
                    port = %2$d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                !include latchkey.conf
                """.formatted(folder, stage.port));
        return DebianProgram.start(folder, stage.port, Map.of(), "dovecot", "-F", "-c", folder + "/dovecot.conf");
    }

    @Test
    void lets_the_holder_of_a_token_in_by_any_mechanism() throws Exception {
        String secret = stage.resource("alice", LOGIN);
        assertThat(plain("alice", secret)).startsWith("a OK");
        assertThat(oauthbearer("alice", secret)).startsWith("a OK");
    }

    @Test
    void refuses_whoever_shows_nothing_live() throws Exception {
        String revoked = stage.resource("revoked", LOGIN);
        assertThat(plain("revoked", revoked)).startsWith("a OK");
        stage.revoke("revoked");
        for (String secret : new String[] {"", "nobody", "apiv3_nobody", revoked}) {
            assertThat(plain("revoked", secret)).startsWith("a NO");
            assertThat(oauthbearer("revoked", secret)).startsWith("a NO");
        }
        assertThat(plain("expired", stage.expired("expired"))).startsWith("a NO");
    }

    @Test
    void lets_a_token_in_that_may_log_in_and_no_other_one() throws Exception {
        assertThat(plain("erin", stage.resource("erin", LOGIN, "grafana:prod:read")))
                .startsWith("a OK");
        for (String permission : new String[] {
            "mail:*:*",
            "mail:imap:read",
            "mail:imap2:login",
            "mails:imap:login",
            "admin:imap:login",
            "introspection:*:read"
        }) {
            String name = "no " + permission;
            String secret = stage.resource(name, permission);
            assertThat(plain(name, secret)).as(permission).startsWith("a NO");
            assertThat(oauthbearer(name, secret)).as(permission).startsWith("a NO");
        }
        assertThat(plain("none", stage.resource("none"))).startsWith("a NO");
        assertThat(plain("admin", stage.token("admin"))).startsWith("a NO");
        assertThat(plain("_admin", stage.operator())).startsWith("a NO");
    }

    @Test
    void a_token_with_routes_opens_no_mailbox() throws Exception {
        String secret = stage.routed("fay", LOGIN, "* guarded.test/**");
        assertThat(plain("fay", secret)).startsWith("a NO");
        assertThat(oauthbearer("fay", secret)).startsWith("a NO");
    }

    @Test
    void a_token_opens_no_mailbox_but_that_of_its_name() throws Exception {
        String secret = stage.resource("bob", LOGIN);
        assertThat(plain("carol", secret)).startsWith("a NO");
        assertThat(oauthbearer("carol", secret)).startsWith("a NO");
    }

    @Test
    void is_closed_while_latchkey_is_away_and_opens_when_it_is_back() throws Exception {
        String secret = stage.resource("dave", LOGIN);
        assertThat(plain("dave", secret)).startsWith("a OK");
        stage.stopLatchkey();
        try {
            assertThat(plain("dave", secret)).startsWith("a NO");
        } finally {
            stage.startLatchkey();
        }
        assertThat(plain("dave", secret)).startsWith("a OK");
    }

    private String plain(String user, String secret) throws IOException {
        return authenticate("PLAIN", "\0" + user + "\0" + secret);
    }

    private String oauthbearer(String user, String secret) throws IOException {
        return authenticate("OAUTHBEARER", "n,a=" + user + ",\1auth=Bearer " + secret + "\1\1");
    }

    private String authenticate(String mechanism, String response) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.port)) {
            socket.setSoTimeout(60_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            String base64 = Base64.getEncoder().encodeToString(response.getBytes(UTF_8));
            socket.getOutputStream().write(("a AUTHENTICATE " + mechanism + " " + base64 + "\r\n").getBytes(US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("+ ")) {
                    // What went wrong, in JSON; it wants to be acknowledged (RFC 7628, section 3.2.3).
                    socket.getOutputStream().write("AQ==\r\n".getBytes(US_ASCII));
                } else if (line.startsWith("a ")) {
                    return line;
                }
            }
            return "";
        }
    }
}
