package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenarios of InfluxDB 3's own tests of resource tokens and their permissions. */
final class EnterpriseScenariosTest {
    private static final List<String> ACTIONS = List.of("create", "describe", "read", "write", "delete");

    private final ManualClock clock = new ManualClock();
    private final TokenAuthority authority = new ManualTicker().authority(new InMemoryTokenStore(), clock);

    @BeforeEach
    void start() {
        authority.start();
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private TokenAdministration tokens() {
        return authority.actingAs(new Actor.FileOwner()).tokens();
    }

    private TokenSecret create(String name, Lifetime lifetime, Attributes attributes) {
        return tokens().create(new NewToken(new TokenName(name), lifetime, Description.NONE, attributes))
                .secret();
    }

    private TokenSecret create(String name, String... permissions) {
        return create(name, Lifetime.UNLIMITED, with(permissions));
    }

    private static Attributes with(String... permissions) {
        return Attributes.ADMIN.with(Permissions.parse(List.of(permissions)));
    }

    private boolean may(TokenSecret secret, String permission) {
        return authority.authenticate(secret) instanceof Verdict.Accepted(var token, var _)
                && token.rights().allow(RequiredPermission.parse(permission));
    }

    private TokenKind kind(String name) {
        return tokens().find(new TokenName(name)).kind();
    }

    @Test
    void everything_alone_is_an_admin_and_no_permission_of_another_token_is_everything() {
        create("admin", Lifetime.UNLIMITED, Attributes.ADMIN);
        create("databases", "db:*:*");
        create("nothing");
        assertThat(kind("admin")).isEqualTo(TokenKind.ADMIN);
        assertThat(tokens().find(new TokenName("admin")).rights().texts()).containsExactly("*:*:*");
        assertThat(kind("databases")).isEqualTo(TokenKind.RESOURCE);
        assertThat(kind("nothing")).isEqualTo(TokenKind.RESOURCE);
        assertThatThrownBy(() -> with("*:*:*"))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("* resource type can only be set for admin token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"read", "write", "read,write", "describe", "delete", "create"})
    void an_action_allows_itself_and_no_other(String actions) {
        TokenSecret secret = create("ci", "db:a:" + actions);
        assertThat(ACTIONS)
                .allSatisfy(action -> assertThat(may(secret, "db:a:" + action))
                        .as(action)
                        .isEqualTo(List.of(actions.split(",")).contains(action)));
    }

    @Test
    void delete_and_write_do_not_imply_each_other() {
        TokenSecret writer = create("writer", "db:a:write");
        TokenSecret deleter = create("deleter", "db:a:delete");
        assertThat(may(writer, "db:a:delete")).isFalse();
        assertThat(may(deleter, "db:a:write")).isFalse();
        assertThat(may(writer, "db:a:write")).isTrue();
        assertThat(may(deleter, "db:a:delete")).isTrue();
    }

    @Test
    void a_token_on_one_database_is_for_no_other_and_an_admin_is_for_all() {
        TokenSecret secret = create("ci", "db:a:read");
        TokenSecret admin = create("admin", Lifetime.UNLIMITED, Attributes.ADMIN);
        assertThat(may(secret, "db:a:read")).isTrue();
        for (String other : List.of("db:b:read", "db:ab:read", "db:A:read", "system:a:read")) {
            assertThat(may(secret, other)).as(other).isFalse();
            assertThat(may(admin, other)).as(other).isTrue();
        }
    }

    @Test
    void a_deleted_token_may_do_nothing() {
        TokenSecret secret = create("ci", "db:a:read");
        tokens().revoke(new TokenName("ci"), Precondition.NONE);
        assertThat(may(secret, "db:a:read")).isFalse();
        assertThat(authority.authenticate(secret)).isEqualTo(Verdict.Refused.UNKNOWN);
    }

    @Test
    void a_name_is_given_once_across_admin_and_resource_tokens() {
        create("ci", "db:a:read");
        create("admin", Lifetime.UNLIMITED, Attributes.ADMIN);
        assertThatThrownBy(() -> create("ci", Lifetime.UNLIMITED, Attributes.ADMIN))
                .isInstanceOf(TokenFailure.NameTaken.class);
        assertThatThrownBy(() -> create("ci", "db:b:read")).isInstanceOf(TokenFailure.NameTaken.class);
        assertThatThrownBy(() -> create("admin", "db:a:read")).isInstanceOf(TokenFailure.NameTaken.class);
    }

    @Test
    void an_expired_token_may_do_nothing() {
        TokenSecret secret = create("ci", new Lifetime.Span(Duration.ofSeconds(10)), with("db:a:read"));
        assertThat(may(secret, "db:a:read")).isTrue();
        clock.advance(Duration.ofSeconds(10));
        assertThat(may(secret, "db:a:read")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB:a:read       | cannot parse token permission, resource type not supported DB",
                "system:cpu:read | cannot parse token permission, invalid resource name cpu",
                "db:a:drop       | cannot parse token permission, action not supported, database action drop",
                "system:ping:write | cannot parse token permission, action not supported, system action write",
                "db:a,*:read     | cannot parse token permission, mixed wildcard (*) and resource name",
            })
    void what_is_no_permission_is_refused_in_the_words_of_influxdb(String permission, String sentence) {
        assertThatThrownBy(() -> with(permission))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage(sentence);
    }
}
