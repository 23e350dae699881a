package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final Permissions SOME = Permissions.parse(
            List.of("grafana:prod:read", "grafana:test*:read,write", "tokens:ci-*:rotate", "db:a%3Ab:read"));

    private static Grant grant(Rights rights, String required) {
        return Grant.of(rights, RequiredPermission.parse(required));
    }

    private static Grant allowed(String by) {
        return new Grant.Allowed(Permission.parse(by));
    }

    private static Grant nearest(String permission) {
        return new Grant.Missing(Optional.of(Permission.parse(permission)));
    }

    @Test
    void names_the_permission_that_allows() {
        assertThat(grant(SOME, "grafana:prod:read")).isEqualTo(allowed("grafana:prod:read"));
        assertThat(grant(SOME, "grafana:test-1:write")).isEqualTo(allowed("grafana:test*:read,write"));
        assertThat(grant(SOME, "db:a%3Ab:read")).isEqualTo(allowed("db:a%3Ab:read"));
        assertThat(grant(Rights.ALL, "grafana:prod:read")).isEqualTo(new Grant.Everything());
    }

    @Test
    void names_a_permission_for_the_same_resource_before_one_for_the_same_action() {
        assertThat(grant(SOME, "grafana:prod:write")).isEqualTo(nearest("grafana:prod:read"));
        assertThat(grant(SOME, "grafana:other:write")).isEqualTo(nearest("grafana:test*:read,write"));
        assertThat(grant(SOME, "tokens:web:delete")).isEqualTo(nearest("tokens:ci-*:rotate"));
    }

    @Test
    void names_none_of_another_type() {
        assertThat(grant(SOME, "wiki:prod:read")).isEqualTo(new Grant.Missing(Optional.empty()));
        assertThat(grant(Permissions.NONE, "db:a:read")).isEqualTo(new Grant.Missing(Optional.empty()));
    }
}
