package io.latchkey.cli.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.InMemorySystemTables;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.TokenAuthority;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.serve.PreconfiguredToken;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of a token that was made elsewhere. */
class TokenFileTest {
    private static final String SECRET = "apiv3_" + "x".repeat(22);

    @TempDir
    Path dir;

    private static OfflineToken prepared(String name) {
        return OfflineToken.prepare(
                new TokenName(name),
                new Lifetime.Span(Duration.ofDays(1)),
                new Description("say \"hi\""),
                new ManualClock(),
                new SecureRandom());
    }

    private TokenFileWriter offline(String name, Existing existing) {
        return new TokenFileWriter(new OutputFile(dir.resolve(name), existing));
    }

    private Change.Register read(String text) throws IOException {
        return TokenFile.read(Files.writeString(dir.resolve("token.json"), text));
    }

    @Test
    void reads_what_was_written() {
        OfflineToken token = prepared("ci");
        offline("ci.json", Existing.KEPT).write(token);
        assertThat(TokenFile.read(dir.resolve("ci.json")))
                .isEqualTo(new Change.Register(
                        token.name(),
                        token.secret().digest(),
                        new Lifetime.Until(token.expiry().end().orElseThrow()),
                        token.description()));
    }

    @Test
    void is_for_its_owner_alone_and_leaves_nothing_beside_it() throws IOException {
        for (var existing : Existing.values()) {
            offline("ci.json", existing).write(prepared("ci"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("ci.json"))))
                    .isEqualTo("rw-------");
        }
        assertThatThrownBy(() -> offline("ci.json", Existing.KEPT).write(prepared("ci")))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("replace it with --force");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(dir.resolve("ci.json"));
        }
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("elsewhere"));
        assertThatThrownBy(() -> offline("link", Existing.REPLACED).write(prepared("ci")))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageContaining("it is a link");
        assertThat(dir.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void says_as_little_as_it_must() throws IOException {
        Change.Register token = read("{\"token\": \"" + SECRET + "\", \"name\": \"_admin\", \"expiry_millis\": null,"
                + " \"description\": null, \"more\": {\"token\": [1]}}");
        assertThat(token)
                .isEqualTo(new Change.Register(
                        TokenName.OPERATOR,
                        TokenSecret.presented(SECRET).digest(),
                        Lifetime.UNLIMITED,
                        Description.NONE));
        assertThat(read("{\"permissions\":[\"*:*:*\"],\"token\":\"" + SECRET
                                + "\",\"name\":\"ci\",\"expiry_millis\":5}")
                        .lifetime())
                .isEqualTo(new Lifetime.Until(Instant.ofEpochMilli(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "                                     | Failed to parse admin token file as JSON: expected an object",
                "{}                                   | Failed to parse admin token file as JSON: missing field `token`",
                "{'token':'SECRET'}                   | Failed to parse admin token file as JSON: missing field `name`",
                "SECRET                               | Failed to parse admin token file as JSON: not a JSON text",
                "'SECRET'                             | Failed to parse admin token file as JSON: expected an object",
                "['SECRET','ci']                      | Failed to parse admin token file as JSON: expected an object",
                "{'token':'SECRET','name':'ci'        | Failed to parse admin token file as JSON: not a JSON text",
                "{'token':'SECRET','name':'ci'} x     | Failed to parse admin token file as JSON: not a JSON text",
                "{'token':'SECRET','name':'ci'} 1     | Failed to parse admin token file as JSON: expected nothing after",
                "{'token':'SECRET','token':'SECRET'}  | Failed to parse admin token file as JSON: not a JSON text",
                "{'token':'SECRET','name':'ci','expiry_milis':1}   | unknown field at line 1, did you mean `expiry_millis`?",
                "{'token':'SECRET','name':'ci','expiryMillis':1}   | unknown field at line 1, did you mean `expiry_millis`?",
                "{'token':'SECRET','name':'ci','expiry':'30d'}     | unknown field at line 1, did you mean `expiry_millis`?",
                "{'token':'SECRET','name':'ci','expiry_secs':null} | unknown field at line 1, which may be meant as a limit; the only such field is `expiry_millis`",
                "{'token':'SECRET','name':'ci','expires_at':1}     | unknown field at line 1, which may be meant as a limit; the only such field is",
                "{'token':'SECRET','name':'ci','TTL':'30d'}        | unknown field at line 1, which may be meant as a limit; the only such field is",
                "{'Token':'SECRET','name':'ci'}       | unknown field at line 1, did you mean `token`?",
                "{'token':'SECRET','name':'ci','descripton':'x'}   | unknown field at line 1, did you mean `description`?",
                "{'token':'SECRET','name':'ci','permissions':'db:a:read'}         | field `permissions` at line 1: expected \"*:*:*\" or no",
                "{'token':'SECRET','name':'ci','permissions':['*:*:*','x']}       | field `permissions` at line 1: expected",
                "{'token':'SECRET','name':'ci','permissions':{'a':['*:*:*']}}     | field `permissions` at line 1: expected",
                "{'token':'SECRET','name':'ci','permissions':[]}                  | field `permissions` at line 1: expected",
                "{'token':1,'name':'ci'}              | field `token`: expected a string",
                "{'token':'SECRET','name':['ci']}     | field `name`: expected a string",
                "{'token':'SECRET','name':'ci','expiry_millis':'1'} | field `expiry_millis`: expected a whole number",
                "{'token':'SECRET','name':'ci','expiry_millis':1.5} | field `expiry_millis`: expected a whole number",
                "{'token':'SECRET','name':'ci','expiry_millis':99999999999999999999} | expected a whole number",
                "{'token':'SECRET','name':'_admin','expiry_millis':1} | the operator token never expires",
                "{'token':'secret','name':'ci'}       | Invalid token format: must start with 'apiv3_'; create one with",
                "{'token':'apiv3_short','name':'ci'}  | Invalid token format: 'apiv3_' must be followed by at least 22",
                "{'token':'SECRET','name':''}         | Invalid token name must not be empty",
                "{'token':'SECRET','name':'_x'}       | Invalid token name must not begin with '_'",
            })
    void says_what_is_wrong_and_no_secret(String text, String sentence) {
        String json = (text == null ? "" : text).replace('\'', '"').replace("SECRET", SECRET);
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith("Token error: ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("(" + dir.resolve("token.json") + ")")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void says_that_a_file_is_not_there_or_too_long() throws IOException {
        assertThatThrownBy(() -> TokenFile.read(dir.resolve("none")))
                .hasMessage("Token error: Failed to read admin token file metadata: No such file or directory"
                        + " (os error 2) (" + dir.resolve("none") + ")");
        assertThatThrownBy(() -> TokenFile.read(dir))
                .hasMessageContaining("Failed to read admin token file: it is a folder");
        assertThatThrownBy(() -> read(" ".repeat(70_000))).hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void an_end_that_is_past_is_refused_unless_the_token_is_known() throws IOException {
        var clock = new ManualClock();
        try (var authority =
                new TokenAuthority(new InMemoryTokenStore(), new InMemorySystemTables(), clock, new SecureRandom())) {
            var end = clock.instant().plus(Duration.ofSeconds(9));
            read("{\"token\":\"" + SECRET + "\",\"name\":\"ci\",\"expiry_millis\":" + end.toEpochMilli() + "}");
            PreconfiguredToken wanted =
                    new PreconfiguredToken(TokenFile.read(dir.resolve("token.json")), "file token.json");
            clock.advance(Duration.ofSeconds(9));
            assertThatThrownBy(() -> wanted.register(authority))
                    .isInstanceOf(AuthorityUnavailable.class)
                    .hasMessageContaining("expiry must be at least 1 second")
                    .hasMessageEndingWith("(" + wanted.source() + ")");
            clock.advance(Duration.ofSeconds(-9));
            wanted.register(authority);
            clock.advance(Duration.ofSeconds(9));
            wanted.register(authority);
            assertThat(List.of(wanted)).hasSize(1);
        }
    }
}
