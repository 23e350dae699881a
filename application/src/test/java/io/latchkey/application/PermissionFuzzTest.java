package io.latchkey.application;

import static java.util.Objects.requireNonNull;

import io.latchkey.domain.Labels;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Permission;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What parses prints as text that parses to the same; everything else is refused. */
final class PermissionFuzzTest {
    private static final List<String> WORDS = List.of(
            "db", "system", "tokens", "grafana", "*", ":", ",", "%", "%2C", "%2c", "%25", "%C3%A4", "%FF", "read",
            "write", "create", "delete", "health", "metrics", "a", "b", "-", "_", "~", "ci-*", "**", " ", "ä", "READ",
            "Health");

    private static final List<String> PERMISSIONS = List.of(
            "db:metrics,logs:read,write",
            "grafana:prod:read",
            "tokens:ci-*:rotate",
            "system:Health, ping:read",
            "s3:a%2Cb%3Ac*:*",
            "db:*:*");

    @Test
    void any_permission_is_refused_or_has_one_form() {
        new Fuzzer(51, PERMISSIONS, WORDS).fuzz(text -> hasOneForm(text, Permission::parse, Permission::text));
    }

    @Test
    void any_permissions_are_refused_or_have_one_form() {
        new Fuzzer(52, PERMISSIONS, WORDS)
                .fuzz(text -> hasOneForm(
                        text,
                        given -> Permissions.parse(List.of(given.split("~", -1))),
                        permissions -> String.join("~", permissions.texts())));
    }

    @Test
    void any_required_permission_is_refused_or_has_one_form() {
        new Fuzzer(53, PERMISSIONS, WORDS).fuzz(text -> {
            hasOneForm(text, RequiredPermission::parse, RequiredPermission::text);
            try {
                RequiredPermission required = RequiredPermission.parse(text);
                Permissions same = Permissions.parse(List.of(required.text()));
                if (!same.allow(required)) {
                    throw new AssertionError("does not allow itself");
                }
            } catch (TokenFailure.Invalid e) {
                // types with fixed actions refuse others
            }
        });
    }

    @Test
    void any_origin_is_refused_or_has_one_form() {
        new Fuzzer(
                        54,
                        List.of(
                                "10.0.0.0/8",
                                "2001:db8::/32",
                                "::ffff:10.0.0.1",
                                "::ffff:10.0.0.0/104",
                                "::1",
                                "0.0.0.0/0"),
                        List.of(
                                ":", "::", "/", ".", "%", "0", "1", "8", "32", "128", "96", "ffff", "10", "255", "256",
                                " ", "db8"))
                .fuzz(text -> hasOneForm(
                        text,
                        given -> Origins.parse(List.of(given.split(" ", -1))),
                        origins -> String.join(" ", origins.texts())));
    }

    @Test
    void any_label_is_refused_or_has_one_form() {
        new Fuzzer(55, List.of("env=prod", "a/b.c=", "team=a=b"), List.of("=", "a", "Z", "/", "~", "\u0000"))
                .fuzz(text -> hasOneForm(
                        text,
                        given -> Labels.parse(List.of(given.split("~", -1))),
                        labels -> String.join("~", labels.texts())));
    }

    private static <T> void hasOneForm(String text, Function<String, T> parse, Function<T, String> print) {
        T parsed;
        try {
            parsed = parse.apply(text);
        } catch (TokenFailure.Invalid e) {
            if (requireNonNull(e.sentence()).isBlank()
                    || e.sentence().toLowerCase(Locale.ROOT).contains("null")) {
                throw new AssertionError("no sentence", e);
            }
            return;
        }
        String printed = print.apply(parsed);
        T again = parse.apply(printed);
        if (!again.equals(parsed) || !print.apply(again).equals(printed)) {
            throw new AssertionError(printed + " is not " + parsed);
        }
    }
}
