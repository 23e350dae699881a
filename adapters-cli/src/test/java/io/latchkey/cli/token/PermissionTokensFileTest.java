package io.latchkey.cli.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.InMemorySystemTables;
import io.latchkey.application.InMemoryTokenStore;
import io.latchkey.application.ManualClock;
import io.latchkey.application.TokenAuthority;
import io.latchkey.cli.serve.PreconfiguredToken;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of resource tokens that a server is given. */
class PermissionTokensFileTest {
    private static final String SECRET = "apiv3_" + "x".repeat(22);

    @TempDir
    Path dir;

    private List<Change.Register> read(String json) throws IOException {
        return PermissionTokensFile.read(Files.writeString(
                dir.resolve("tokens.json"), json.replace('\'', '"').replace("SECRET", SECRET)));
    }

    private static Attributes with(String... permissions) {
        return Attributes.ADMIN.with(Permissions.parse(List.of(permissions)));
    }

    @Test
    void reads_the_file_of_influxdb() throws IOException {
        assertThat(read("""
                {'create_databases':['db1','db2'],'tokens':[{'token':'SECRET','name':'token-1',
                'expiry_millis':1756400061529,'permissions':['db:db1,db2:read,write','db:db3:read']},
                {'token':'SECRETy','name':'token-2','expiry_millis':null,'permissions':[],'description':'d'}]}"""))
                .containsExactly(
                        new Change.Register(
                                new TokenName("token-1"),
                                TokenSecret.presented(SECRET).digest(),
                                new Lifetime.Until(Instant.ofEpochMilli(1756400061529L)),
                                Description.NONE,
                                with("db:db1,db2:read,write", "db:db3:read")),
                        new Change.Register(
                                new TokenName("token-2"),
                                TokenSecret.presented(SECRET + "y").digest(),
                                Lifetime.UNLIMITED,
                                new Description("d"),
                                with()));
    }

    @Test
    void a_file_without_tokens_says_little() throws IOException {
        assertThat(read("{'tokens':[]}")).isEmpty();
        assertThat(read("{'more':{'tokens':[1]},'tokens':[],'create_databases':null}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]                    | Failed to parse permission tokens file as JSON: expected an object such as",
                "{}                    | Failed to parse permission tokens file as JSON: missing field `tokens`",
                "{'token':'SECRET','name':'ci'} | unknown field at line 1, did you mean `tokens`?",
                "{'tokens':{}}         | field `tokens`: expected an array of objects",
                "{'tokens':['SECRET']} | field `tokens`: expected an array of objects, in token 1",
                "{'tokens':[]} x       | Failed to parse permission tokens file as JSON: not a JSON text",
                "{'tokens':[],'tokens':[]}                       | not a JSON text",
                "{'tokens':[],'create_databases':'a'}            | field `create_databases`: expected an array of strings",
                "{'tokens':[],'create_databases':[1]}            | field `create_databases`: expected a string",
                "{'tokens':[{'name':'ci','permissions':[]}]}     | missing field `token`, in token 1",
                "{'tokens':[{'token':'SECRET','permissions':[]}]} | missing field `name`, in token 1",
                "{'tokens':[{'token':'SECRET','name':'ci'}]}     | missing field `permissions`, in token 1",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':null}]} | field `permissions`: expected an array of strings",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':'db:a:read'}]} | field `permissions`: expected an array",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':['*:*:*']}]} | * resource type can only be set for admin token, in token 1",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':['db:a:drop']}]} | cannot parse token permission, action not supported, database action drop, in token 1",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':['db:a']}]} | cannot parse token permission, expected TYPE:NAMES:ACTIONS",
                "{'tokens':[{'token':'SECRET','name':'ci','permissions':['SECRET']}]} | cannot parse token permission, expected TYPE:NAMES:ACTIONS",
                "{'tokens':[{'token':'short','name':'ci','permissions':[]}]} | Invalid token format: must start with 'apiv3_'; create one with `latchkey create token --permission",
                "{'tokens':[{'token':'SECRET','name':'','permissions':[]}]} | Invalid token name must not be empty, in token 1",
                "{'tokens':[{'token':'SECRET','name':'_admin','permissions':[]}]} | the operator token cannot be a resource token",
                "{'tokens':[{'token':'SECRET','name':'a','permissions':[]},{'token':'SECRETy','name':'a','permissions':[]}]} | token name already exists, a, in token 2",
                "{'tokens':[{'token':'SECRET','name':'a','permissions':[],'permision':[]}]} | did you mean `permissions`?, in token 1",
                "{'tokens':[{'token':'SECRET','name':'a','permissions':[],'from':['10.0.0.0/8']}]} | which may be meant as a limit; the only such fields are `expiry_millis` and `permissions`",
                "{'tokens':[{'token':'SECRET','name':'a','permissions':[],'not_before':1}]} | which may be meant as a limit",
                "{'tokens':[{'token':'SECRET','name':'a','permissions':[],'expiry_millis':'1'}]} | field `expiry_millis`: expected a whole number",
                "{'tokens':[{'token':1,'name':'a','permissions':[]}]} | field `token`: expected a string",
            })
    void says_what_is_wrong_and_no_secret(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessageStartingWith("Token error: ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("(" + dir.resolve("tokens.json") + ")")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void says_that_a_file_is_not_there_or_too_long() {
        assertThatThrownBy(() -> PermissionTokensFile.read(dir.resolve("none")))
                .hasMessage("Token error: Failed to read permission tokens file metadata: No such file or directory"
                        + " (os error 2) (" + dir.resolve("none") + ")");
        assertThatThrownBy(() -> read(" ".repeat(4 * 1024 * 1024 + 1)))
                .hasMessageContaining("longer than 4194304 bytes");
    }

    @Test
    void its_tokens_have_their_permissions_and_a_restart_makes_no_ended_one_valid() throws IOException {
        var wanted = read("{'tokens':[{'token':'SECRET','name':'ci','permissions':['db:a:read']}]}").stream()
                .map(token -> new PreconfiguredToken(token, "file tokens.json"))
                .toList();
        try (var authority = new TokenAuthority(
                new InMemoryTokenStore(), new InMemorySystemTables(), new ManualClock(), new SecureRandom())) {
            var tokens = authority.actingAs(Environment.owner()).tokens();
            authority.start();
            wanted.forEach(token -> token.register(authority));
            wanted.forEach(token -> token.register(authority));
            assertThat(tokens.list())
                    .singleElement()
                    .satisfies(token -> assertThat(token.rights().texts()).containsExactly("db:a:read"));
            assertThat(authority.check(TokenSecret.presented(SECRET))).isInstanceOf(Verdict.Accepted.class);
            tokens.revoke(new TokenName("ci"), Precondition.NONE);
            wanted.forEach(token -> token.register(authority));
            assertThat(authority.check(TokenSecret.presented(SECRET))).isNotInstanceOf(Verdict.Accepted.class);
        }
    }
}
