package io.latchkey.http.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermissionRequirementTest {
    private static final String MAPPED = "permission=grafana:prod:{method}&method-header=X-Forwarded-Method";
    private static final Rights READER = Permissions.parse(List.of("grafana:prod:read"));
    private static final Rights WRITER = Permissions.parse(List.of("grafana:prod:write"));

    enum Outcome {
        YES,
        LACKS,
        UNKNOWN,
        NOBODY
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "grafana:prod:read permission=grafana:prod:read YES",
                "grafana:prod:read permission=grafana:prod:write LACKS",
                "grafana:prod:read permission=grafana:prod2:read LACKS",
                "grafana:prod:read permission=grafana:pro:read LACKS",
                "grafana:prod:read permission=grafan:prod:read LACKS",
                "grafana:prod:write permission=grafana:prod:read LACKS",
                "grafana:prod*:read permission=grafana:prod2:read YES",
                "grafana:*:* permission=grafana:prod:delete YES",
                "grafana:prod:read,write permission=grafana:prod:read&permission=grafana:prod:write YES",
                "grafana:prod:read permission=grafana:prod:read&permission=grafana:prod:write LACKS",
                "grafana:prod:read permission=grafana:prod:write&permission=grafana:prod:read LACKS",
                "grafana:prod:read strict&permission=grafana:prod:read YES",
                "grafana:prod:read strict&permision=grafana:prod:read NOBODY",
                "grafana:prod:read permission=grafana%3Aprod%3Aread YES",
                "grafana:a%20b:read permission=grafana:a%2520b:read YES",
                "grafana:ü:read permission=grafana:%C3%BC:read YES",
                "grafana:prod:read permission=grafana:prod:read&method-header=X-Forwarded-Method YES",
            })
    void every_permission_must_be_held(String held, String query, Outcome outcome) {
        assertThat(outcome(query, Permissions.parse(List.of(held)))).isEqualTo(outcome);
        assertThat(outcome(query, Rights.ALL)).isEqualTo(outcome == Outcome.NOBODY ? outcome : Outcome.YES);
        assertThat(outcome(query, Permissions.NONE)).isEqualTo(outcome == Outcome.NOBODY ? outcome : Outcome.LACKS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permission",
                "permission=",
                "permission=grafana",
                "permission=grafana:prod",
                "permission=grafana:prod:",
                "permission=grafana::read",
                "permission=:prod:read",
                "permission=grafana:prod:read:write",
                "permission=grafana:prod*:read",
                "permission=grafana:*:read",
                "permission=grafana:prod:*",
                "permission=*:*:*",
                "permission=grafana:prod,test:read",
                "permission=grafana:prod:read,write",
                "permission=grafana:prod:Read",
                "permission=Grafana:prod:read",
                "permission=grafana:a+b:read",
                "permission=grafana:a%20b:read",
                "permission=grafana:%ff:read",
                "permission=grafana:prod:%zz",
                "permission=grafana:prod:read&permission=nothing",
                "permission=nothing&permission=grafana:prod:read",
                "permission=grafana:prod:{method}",
                "permission=grafana:prod:{metod}&method-header=X-Forwarded-Method",
                "permission=grafana:prod:{method}x&method-header=X-Forwarded-Method",
                "permission=grafana:{method}:read&method-header=X-Forwarded-Method",
                "permission={method}:prod:read&method-header=X-Forwarded-Method",
                "permission={method}&method-header=X-Forwarded-Method",
                "permission=grafana:{method}:{method}&method-header=X-Forwarded-Method",
                "permission=grafana:prod:{METHOD}&method-header=X-Forwarded-Method",
                "permission=grafana:*:{method}&method-header=X-Forwarded-Method",
                "permission=grafana:prod:{method}&method-header=",
                "permission=grafana:prod:{method}&method-header",
                "permission=grafana:prod:{method}&method-header=X+Method",
                "permission=grafana:prod:{method}&method-header=X-Method:",
                "permission=grafana:prod:{method}&method-header=%ff",
                "permission=grafana:prod:{method}&method-header=A&method-header=A",
                "permission=grafana:prod:{method}&method-header=X-Forwarded-Method&method-header=X-Mine",
            })
    void what_is_not_well_formed_is_met_by_nobody(String query) {
        assertThat(outcome(query, Rights.ALL, "X-Forwarded-Method: GET", "A: GET"))
                .isEqualTo(Outcome.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|YES|LACKS",
                "HEAD|YES|LACKS",
                "OPTIONS|YES|LACKS",
                "POST|LACKS|YES",
                "PUT|LACKS|YES",
                "PATCH|LACKS|YES",
                "DELETE|LACKS|YES",
                "TRACE|LACKS|YES",
                "CONNECT|LACKS|YES",
                "PROPFIND|LACKS|YES",
                "QUERY|LACKS|YES",
                "get|LACKS|YES",
                "GETS|LACKS|YES",
                "''|UNKNOWN|UNKNOWN",
                "' '|UNKNOWN|UNKNOWN",
                "'GET '|UNKNOWN|UNKNOWN",
                "GET,GET|UNKNOWN|UNKNOWN",
                "'GET, POST'|UNKNOWN|UNKNOWN",
                "GET POST|UNKNOWN|UNKNOWN",
                "GÉT|UNKNOWN|UNKNOWN",
                "'GET\t'|UNKNOWN|UNKNOWN",
            })
    void a_method_reads_or_writes_or_is_a_no(String method, Outcome reader, Outcome writer) {
        String header = "X-Forwarded-Method:" + method;
        assertThat(outcome(MAPPED, READER, header)).isEqualTo(reader);
        assertThat(outcome(MAPPED, WRITER, header)).isEqualTo(writer);
        assertThat(outcome(MAPPED, Rights.ALL, header))
                .isEqualTo(reader == Outcome.UNKNOWN ? Outcome.UNKNOWN : Outcome.YES);
        assertThat(outcome(MAPPED.replace("{method}", "%7Bmethod%7D"), READER, header))
                .isEqualTo(reader);
    }

    @Test
    void a_method_that_is_missing_or_there_twice_is_a_no_for_admins_too() {
        assertThat(outcome(MAPPED, Rights.ALL)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(MAPPED, Rights.ALL, "X-Forwarded-Methods:GET")).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(MAPPED, Rights.ALL, "X_Forwarded_Method:GET")).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(MAPPED, Rights.ALL, "X-Forwarded-Method:GET", "x-forwarded-method:GET"))
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(MAPPED, READER, "X-Forwarded-Method:GET", "X-FORWARDED-METHOD:"))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void an_upgrade_writes_whatever_its_method() {
        for (String upgrade : new String[] {
            "X-Forwarded-Upgrade:websocket",
            "x-forwarded-upgrade:WebSocket",
            "X-Forwarded-Upgrade:anything",
            "Upgrade:websocket",
            "Upgrade:h2c"
        }) {
            assertThat(outcome(MAPPED, READER, "X-Forwarded-Method:GET", upgrade))
                    .isEqualTo(Outcome.LACKS);
            assertThat(outcome(MAPPED, WRITER, "X-Forwarded-Method:GET", upgrade))
                    .isEqualTo(Outcome.YES);
        }
        assertThat(outcome(
                        MAPPED,
                        READER,
                        "X-Forwarded-Method:GET",
                        "X-Forwarded-Upgrade:",
                        "X-Forwarded-Upgrade:websocket"))
                .isEqualTo(Outcome.LACKS);
        assertThat(outcome(MAPPED, READER, "X-Forwarded-Method:GET", "X-Forwarded-Upgrade:", "Upgrade:"))
                .isEqualTo(Outcome.YES);
    }

    @Test
    void a_fixed_action_needs_no_method() {
        assertThat(outcome("permission=grafana:prod:read", READER)).isEqualTo(Outcome.YES);
        String mixed = MAPPED + "&permission=grafana:prod:admin";
        Rights both = Permissions.parse(List.of("grafana:prod:read,admin"));
        assertThat(outcome(mixed, both, "X-Forwarded-Method:GET")).isEqualTo(Outcome.YES);
        assertThat(outcome(mixed, both, "X-Forwarded-Method:POST")).isEqualTo(Outcome.LACKS);
        assertThat(outcome(mixed, READER, "X-Forwarded-Method:GET")).isEqualTo(Outcome.LACKS);
    }

    @Test
    void a_requirement_beyond_the_limits_is_never_met() {
        String name = "x".repeat(PermissionQuery.LONGEST - "t::a".length());
        assertThat(outcome("permission=t:" + name + ":a", Rights.ALL)).isEqualTo(Outcome.YES);
        assertThat(outcome("permission=t:x" + name + ":a", Rights.ALL)).isEqualTo(Outcome.NOBODY);
        assertThat(outcome("permission=t:n:a&".repeat(PermissionQuery.MOST), Rights.ALL))
                .isEqualTo(Outcome.YES);
        assertThat(outcome("permission=t:n:a&".repeat(PermissionQuery.MOST + 1), Rights.ALL))
                .isEqualTo(Outcome.NOBODY);
    }

    @Test
    void names_all_that_was_asked_for_in_the_challenge() {
        var required = TokenRequirement.of(MAPPED + "&permission=grafana:%C3%BC%22%5C:read")
                .permissions();
        assertThat(required.read().challenge().toString())
                .isEqualTo("Bearer realm=\"latchkey\", error=\"insufficient_scope\","
                        + " scope=\"grafana:prod:read grafana:%C3%BC%22%5C:read\"");
        assertThat(required.write().challenge().toString())
                .endsWith("scope=\"grafana:prod:write grafana:%C3%BC%22%5C:read\"");
    }

    @Test
    void shows_the_permissions_of_a_token_in_a_header_of_limited_length() {
        assertThat(PermissionHeader.of(Rights.ALL)).isEqualTo("*:*:*");
        assertThat(PermissionHeader.of(Permissions.NONE)).isEmpty();
        assertThat(PermissionHeader.of(Permissions.parse(List.of("x:a:read", "grafana:ü%20:read,write"))))
                .isEqualTo("grafana:%C3%BC%20:read,write x:a:read");
        List<String> many = Stream.iterate(10, i -> i + 1)
                .limit(Permissions.MOST)
                .map(i -> "t:" + "x".repeat(40) + i + ":a" + i)
                .toList();
        String shown = PermissionHeader.of(Permissions.parse(many));
        assertThat(shown).hasSizeBetween(PermissionHeader.LONGEST - 60, PermissionHeader.LONGEST);
        assertThat(many).containsAll(List.of(shown.replace(" ...", "").split(" ")));
        assertThat(shown).endsWith(" ...");
        assertThat(PermissionHeader.of(Permissions.parse(List.of("a:b:c", "t:" + "ü".repeat(1_500) + ":a"))))
                .isEqualTo("a:b:c ...");
    }

    private static Outcome outcome(String query, Rights rights, String... headers) {
        TokenRequirement requirement = TokenRequirement.of(query);
        // A requirement of a name that nothing matches is met by nobody.
        if (requirement.names().contains(List.of())) {
            return Outcome.NOBODY;
        }
        PermissionRequirement permissions = requirement.permissions();
        return switch (permissions.access(headers(headers))) {
            case UNKNOWN -> Outcome.UNKNOWN;
            case READ -> permissions.read().isMetBy(rights) ? Outcome.YES : Outcome.LACKS;
            case WRITE -> permissions.write().isMetBy(rights) ? Outcome.YES : Outcome.LACKS;
        };
    }

    private static HttpHeaders headers(String... lines) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1));
        }
        return headers;
    }
}
