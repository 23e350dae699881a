package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermissionsTest {
    private static final long SEED = 20_261_130;
    private static final int ROUNDS = 100_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grafana:prod:read                  | grafana:prod:read
            db:metrics,logs:write,read         | db:logs,metrics:read,write
            db:a:*                             | db:a:create,describe,read,write,delete
            db:*:delete,create                 | db:*:create,delete
            system: Ping ,HEALTH:read          | system:health,ping:read
            tokens:ci-*:*                      | tokens:ci-*:read,create,update,rotate,disable,delete
            own-type1:a,a,b:x_y,x-y            | own-type1:a,b:x-y,x_y
            s3:a%2Cb,c%3a%25d%2A,%20:*         | s3:%20,a%2Cb,c%3A%25d%2A:*
            s3:%0a,%c3%bc%20:get               | s3:%0A,\u00fc%20:get
            s3:%C3%BC,\u00fc*:get             | s3:\u00fc,\u00fc*:get
            s3:%61:get                         | s3:a:get
            """)
    void has_one_form(String text, String form) {
        assertThat(Permission.parse(text).text()).isEqualTo(form);
        assertThat(Permission.parse(form).text()).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *:*:*          | * resource type can only be set for admin token
            DB:a:read      | cannot parse token permission, resource type not supported DB
            :a:read        | cannot parse token permission, resource type not supported
            db::read       | cannot parse token permission, invalid resource name
            db:a*b:read    | cannot parse token permission, invalid resource name a*b
            s3:a%:read     | cannot parse token permission, invalid resource name a%
            s3:%ff:read    | cannot parse token permission, invalid resource name %ff
            s3:a b:read    | cannot parse token permission, invalid resource name a b
            system:cpu:read | cannot parse token permission, invalid resource name cpu
            db:*,a:read    | cannot parse token permission, mixed wildcard (*) and resource name
            db:*,*:read    | cannot parse token permission, mixed wildcard (*) and resource name
            db:a:drop      | cannot parse token permission, action not supported, database action drop
            db:a:          | cannot parse token permission, action not supported, database action
            system:ping:write | cannot parse token permission, action not supported, system action write
            tokens:*:regenerate | cannot parse token permission, action not supported, tokens action regenerate
            s3:a:GET       | cannot parse token permission, action not supported, s3 action GET
            s3:a:get,*     | cannot parse token permission, mixed wildcard (*) and action
            db:a           | cannot parse token permission, expected TYPE:NAMES:ACTIONS, such as db:metrics:read, and not db:a
            db:a:read:b    | cannot parse token permission, expected TYPE:NAMES:ACTIONS, such as db:metrics:read, and not db:a:read:b
            """)
    void says_what_is_no_permission(String text, String sentence) {
        assertThatThrownBy(() -> Permission.parse(text))
                .isInstanceOfSatisfying(
                        TokenFailure.Invalid.class,
                        refused -> assertThat(refused.sentence().strip()).isEqualTo(sentence));
    }

    @Test
    void never_repeats_a_secret_in_an_error() {
        TokenSecret secret = TokenSecret.generate(new SecureRandom());
        assertThatThrownBy(() -> Permission.parse(secret.reveal()))
                .hasMessageNotContaining(secret.reveal().substring(10));
    }

    @Test
    void nothing_implies_anything_else() {
        Permissions some = Permissions.parse(List.of("db:a:write", "db:b:read", "grafana:prod:*", "s3:logs-*:get"));
        assertThat(some.allow(RequiredPermission.of("db", "a", "write"))).isTrue();
        assertThat(some.allow(RequiredPermission.of("db", "a", "read"))).isFalse();
        assertThat(some.allow(RequiredPermission.of("db", "b", "write"))).isFalse();
        assertThat(some.allow(RequiredPermission.of("db", "aa", "write"))).isFalse();
        assertThat(some.allow(RequiredPermission.of("grafana", "prod", "anything")))
                .isTrue();
        assertThat(some.allow(RequiredPermission.of("grafana", "production", "read")))
                .isFalse();
        assertThat(some.allow(RequiredPermission.of("s3", "logs-1", "get"))).isTrue();
        assertThat(some.allow(RequiredPermission.of("s3", "logs", "get"))).isFalse();
        assertThat(some.allow(RequiredPermission.of("db2", "a", "write"))).isFalse();
        assertThat(Permissions.NONE.allow(RequiredPermission.of("db", "a", "write")))
                .isFalse();
    }

    @Test
    void merges_permissions_for_the_same_resources() {
        assertThat(Permissions.parse(List.of("db:b,a:write", "db:a:read", "db:a,b:read", "s3:x:get", "s3:x:*"))
                        .texts())
                .containsExactly("db:a:read", "db:a,b:read,write", "s3:x:*");
    }

    @Test
    void is_bounded() {
        List<String> many = IntStream.rangeClosed(1, Permissions.MOST)
                .mapToObj(i -> "s3:" + i + ":get")
                .toList();
        List<String> tooMany = new ArrayList<>(many);
        tooMany.add("s3:more:get");
        assertThat(Permissions.parse(many).all()).hasSize(Permissions.MOST);
        assertThatThrownBy(() -> Permissions.parse(tooMany))
                .hasMessage("a token must not have more than 64 permissions");
        assertThatThrownBy(() -> Permissions.parse(List.of("s3:" + "a".repeat(Permissions.LONGEST) + ":get")))
                .hasMessage("the permissions of a token must not be longer than 4096 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokens:ci-*:read > tokens:ci-a*:read",
                "tokens:ci-*:* > tokens:ci-a:rotate",
                "s3:*:get > s3:x,y*:get",
                "s3:a,b*:* > s3:a:get,put",
                "s3:a,b*:* > s3:a,bc:*"
            })
    void contains_what_stays_within(String text) {
        String[] sides = text.split(" > ", -1);
        Permissions outer = Permissions.parse(List.of(sides[0]));
        Permissions inner = Permissions.parse(List.of(sides[1]));
        assertThat(outer.contain(inner)).isTrue();
        assertThat(inner.contain(outer)).isFalse();
        assertThat(outer.contain(Permissions.NONE)).isTrue();
        assertThat(Permissions.NONE.contain(inner)).isFalse();
    }

    /** Against all names and actions of a small world, in which a prefix stands for more names than can be listed. */
    @Test
    void contains_exactly_what_allows_nothing_more() {
        Random random = new Random(SEED);
        List<String> names = List.of("a", "b", "ab", "ba", "aa", "abb", "aba", "b!", "a!", "ab!", "!");
        List<String> actions = List.of("r", "w", "other");
        int contained = 0;
        for (int round = 0; round < 20_000; round++) {
            Permissions one = some(random);
            Permissions other = some(random);
            boolean expected = names.stream()
                    .allMatch(name -> actions.stream()
                            .allMatch(action -> !other.allow(RequiredPermission.of("s3", name, action))
                                    || one.allow(RequiredPermission.of("s3", name, action))));
            assertThat(one.contain(other))
                    .as(one.texts() + " > " + other.texts())
                    .isEqualTo(expected);
            contained += expected ? 1 : 0;
        }
        assertThat(contained).isBetween(1_000, 19_000);
    }

    private static Permissions some(Random random) {
        List<String> names = List.of("*", "a", "b", "a*", "b*", "ab", "ab*");
        List<String> actions = List.of("r", "w", "*", "r,w");
        return Permissions.parse(IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> "s3:" + names.get(random.nextInt(names.size())) + ":"
                        + actions.get(random.nextInt(actions.size())))
                .toList());
    }

    @Test
    void survives_any_text_and_prints_what_it_reads() {
        Random random = new Random(SEED);
        String letters = "db:systemtokens*,,::%%2C%zz -_ab\u00fc\ud83d\u0000 readwrite";
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "db:" : "s3:");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            if (random.nextBoolean()) {
                text.append(":read");
            }
            try {
                String form = Permission.parse(text.toString()).text();
                assertThat(Permission.parse(form).text()).isEqualTo(form);
                accepted++;
            } catch (TokenFailure.Invalid e) {
                assertThat(e.field()).isEqualTo("permissions");
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    @Test
    void some_actions_of_a_type_may_be_allowed() {
        Permissions some = Permissions.parse(List.of("db:a:read", "s3:x:*"));
        assertThat(some.allowSome("db", "read")).isTrue();
        assertThat(some.allowSome("db", "write")).isFalse();
        assertThat(some.allowSome("s3", "anything")).isTrue();
        assertThat(some.allowSome("tokens", "read")).isFalse();
        assertThat(Permissions.NONE.allowSome("db", "read")).isFalse();
    }

    @Test
    void an_admin_token_is_allowed_everything() {
        assertThat(Rights.ALL.allow(RequiredPermission.BACKUP)).isTrue();
        assertThat(Rights.ALL.allowSome("db", "read")).isTrue();
        assertThat(Rights.ALL.contain(Permissions.parse(List.of("db:*:*")))).isTrue();
        assertThat(Rights.ALL.contain(Rights.ALL)).isTrue();
        assertThat(Permissions.parse(List.of("db:*:*")).contain(Rights.ALL)).isFalse();
        assertThat(Rights.ALL.texts()).containsExactly("*:*:*");
    }

    @Test
    void are_equal_whatever_order_they_are_given_in() {
        Permissions some = Permissions.parse(List.of("db:a:read", "s3:x:get"));
        Permissions same = Permissions.parse(List.of("s3:x:get", "db:a:read"));
        assertThat(some).isEqualTo(same).hasSameHashCodeAs(same).hasToString("db:a:read s3:x:get");
        assertThat(some).isNotEqualTo(Permissions.NONE).isNotEqualTo(some.texts());
        assertThat(new Permissions(List.of())).isEqualTo(Permissions.NONE);
    }

    @Test
    void may_be_as_long_as_the_longest() {
        String longest = "s3:" + "a".repeat(Permissions.LONGEST - "s3::get".length()) + ":get";
        assertThat(Permissions.parse(List.of(longest)).texts()).containsExactly(longest);
    }

    @Test
    void long_input_is_shown_shortened() {
        assertThatThrownBy(() -> Permission.parse("x".repeat(64))).hasMessageEndingWith("not " + "x".repeat(64));
        assertThatThrownBy(() -> Permission.parse("x".repeat(65))).hasMessageEndingWith("not " + "x".repeat(64) + "…");
    }

    @Test
    void types_of_latchkey_and_influxdb_are_known() {
        assertThat(Permission.types())
                .containsExactly("backup", "db", "introspection", "ledger", "system", "tokens", "verification");
    }

    @Test
    void a_percent_sign_needs_two_digits() {
        for (String broken : List.of("s3:a%2:get", "s3:%:get", "s3:%2:get", "s3:%g0:get", "s3:%0g:get")) {
            assertThatThrownBy(() -> Permission.parse(broken)).isInstanceOf(TokenFailure.Invalid.class);
        }
    }
}
