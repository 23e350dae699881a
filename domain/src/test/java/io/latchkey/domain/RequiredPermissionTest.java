package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The one action on one resource that a request needs. */
final class RequiredPermissionTest {
    @Test
    void is_written_as_it_is_read() {
        for (String text : List.of("grafana:prod:read", "db:a%3Ab:write", "tokens:ci:rotate")) {
            assertThat(RequiredPermission.parse(text).text()).isEqualTo(text);
            assertThat(RequiredPermission.parse(text)).hasToString(text);
        }
        assertThat(RequiredPermission.LEDGER.text()).isEqualTo("ledger:*:read");
    }

    @Test
    void is_one_action_on_one_resource() {
        for (String wrong : List.of("", "db:a", "db:a*:read", "db:*:read", "db:a:*", "db:a:read,write", "DB:a:read")) {
            assertThatThrownBy(() -> RequiredPermission.parse(wrong))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("expected TYPE:NAME:ACTION with one name and one action, such as grafana:prod:read,"
                            + " and not " + wrong);
        }
    }

    @Test
    void equals_another_for_the_same_resource_and_action() {
        RequiredPermission one = RequiredPermission.of("db", "a", "read");
        assertThat(one)
                .isEqualTo(RequiredPermission.parse("db:a:read"))
                .hasSameHashCodeAs(RequiredPermission.parse("db:a:read"));
        assertThat(one)
                .isNotEqualTo(RequiredPermission.of("db", "b", "read"))
                .isNotEqualTo(RequiredPermission.of("db", "a", "write"))
                .isNotEqualTo("db:a:read");
    }

    @Test
    void is_named_when_it_is_missing() {
        RequiredPermission.BACKUP.check(Rights.ALL);
        assertThatThrownBy(() -> RequiredPermission.BACKUP.check(Permissions.parse(List.of("backup:x:read"))))
                .isInstanceOfSatisfying(
                        TokenFailure.PermissionMissing.class,
                        missing -> assertThat(missing.permission()).isEqualTo("backup:*:read"));
        RequiredPermission.BACKUP.check(Permissions.parse(List.of("backup:*:read")));
    }
}
