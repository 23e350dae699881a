package io.latchkey.http.browser;

import java.util.List;
import java.util.function.Consumer;

/**
 * A page of the console.
 *
 * @param name of its pictures
 * @param way how somebody who is signed in comes to it
 */
record Place(String name, Consumer<Person> way) {
    /** Every page. */
    static List<Place> all() {
        return List.of(
                at("overview", ""),
                at("tokens", "tokens"),
                at("tokens-none", "tokens?q=no-such-token"),
                at("tokens-past-the-end", "tokens?from=4000"),
                new Place(
                        "tokens-secret",
                        person -> person.open("tokens?q=" + person.scene().grafana())),
                at("token", "token/grafana"),
                at("token-rotating", "token/ci-build"),
                at("token-disabled", "token/laptop-of-eve"),
                at("token-pending", "token/next-year"),
                at("token-expired", "token/migration-2025"),
                at("token-long", "token/" + "W".repeat(128)),
                at("token-operator", "token/_admin"),
                at("token-delete", "token/grafana/delete"),
                at("new-token", "new-token"),
                at("ledger", "ledger"),
                at("ledger-none", "ledger?token=no-such-token"),
                new Place("ledger-intact", person -> {
                    person.open("ledger");
                    person.press("Verify the chain");
                }),
                new Place("overview-verified", person -> {
                    person.open("ledger");
                    person.press("Verify the chain");
                    person.open("");
                }),
                new Place("ledger-other-head", person -> {
                    person.open("ledger");
                    person.fill("A head that it had earlier, if you kept one", "f".repeat(64));
                    person.press("Verify the chain");
                }),
                at("guard", "guard"),
                at("guard-alone", "guard?program=gitleaks"),
                at("guard-refused", "guard?program=haproxy&resource=%3Cscript%3E&dir=%E2%80%AE"),
                at("check", "check"),
                at("not-found", "no-such-page"),
                new Place("token-changed", person -> {
                    person.open("token/grafana");
                    person.fill("Reason, kept in the ledger", "<i>lost</i>");
                    person.press("Disable");
                }),
                new Place("token-refused", person -> {
                    person.open("token/grafana");
                    person.fill("Expires", "soon");
                    person.press("Set the expiry");
                }),
                new Place("new-token-refused", person -> {
                    person.open("new-token");
                    person.fill("Name", "grafana");
                    person.fill("Permissions, one a line", "db:a:read");
                    person.press("Create the token");
                }),
                new Place("secret", person -> {
                    person.open("new-token");
                    person.fill("Name", "x");
                    person.fill("Permissions, one a line", "db:a:read");
                    person.press("Create the token");
                    person.tap("Ready to paste");
                }),
                new Place("secret-rotated", person -> {
                    person.open("token/grafana");
                    person.press("Make a new secret");
                }),
                new Place("check-live", person -> {
                    person.open("check");
                    person.fill(
                            "A suspected leak, or a text with it",
                            person.scene().grafana());
                    person.press("Check it");
                }),
                new Place("check-unknown", person -> {
                    person.open("check");
                    person.fill("A suspected leak, or a text with it", "<script>alert(1)</script>");
                    person.press("Check it");
                }),
                new Place("check-revoke", person -> {
                    person.open("check");
                    person.fill(
                            "A suspected leak, or a text with it",
                            person.scene().grafana());
                    person.press("Check it");
                    person.press("Revoke it now");
                }),
                new Place("check-revoked", person -> {
                    person.open("check");
                    person.fill(
                            "A suspected leak, or a text with it",
                            person.scene().grafana());
                    person.press("Check it");
                    person.press("Revoke it now");
                    person.press("Revoke it for good");
                }),
                new Place("own", person -> {
                    person.press("Sign out");
                    person.signIn(person.scene().grafana());
                }),
                new Place("own-rotated", person -> {
                    person.press("Sign out");
                    person.signIn(person.scene().grafana());
                    person.press("Make a new secret");
                }),
                new Place("own-refused", person -> {
                    person.press("Sign out");
                    person.signIn(person.scene().grafana());
                    person.open("tokens");
                }),
                new Place("sign-in", person -> person.press("Sign out")),
                new Place("sign-in-refused", person -> {
                    person.press("Sign out");
                    person.fill("Secret of a token", "apiv3_wrong");
                    person.press("Sign in");
                }),
                new Place("sign-in-owner", person -> {
                    person.press("Sign out");
                    person.open("sign-in?owner=code");
                }),
                new Place("sign-in-link-used", person -> {
                    person.press("Sign out");
                    person.open("sign-in?link=used");
                }));
    }

    private static Place at(String name, String path) {
        return new Place(name, person -> person.open(path));
    }

    @Override
    public String toString() {
        return name;
    }
}
