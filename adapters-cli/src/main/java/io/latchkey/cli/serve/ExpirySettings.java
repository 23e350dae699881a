package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.ExpiryPolicy.NeverExpiring;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.TokenFailure;
import picocli.CommandLine.Model.CommandSpec;

/** The expiry policy of a server. */
final class ExpirySettings {
    private ExpirySettings() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<DURATION>",
                                "Maximum lifetime of tokens that are created or updated through this server, such as"
                                        + " 1y; not enforced on the database file",
                                "--max-expiry"),
                        "LATCHKEY_MAX_EXPIRY"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<DURATION>",
                                "Lifetime of tokens that are created through this server without an expiry",
                                "--default-expiry"),
                        "LATCHKEY_DEFAULT_EXPIRY"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag("Refuse to create tokens that never expire", "--require-expiry"),
                        "LATCHKEY_REQUIRE_EXPIRY"));
    }

    static ExpiryPolicy of(Arguments arguments) {
        boolean required = arguments.flag("--require-expiry");
        try {
            return new ExpiryPolicy(
                    arguments.given("--max-expiry").map(given -> arguments.parse(given, HumanDuration::parse)),
                    arguments.given("--default-expiry").map(given -> arguments.parse(given, HumanDuration::parse)),
                    required ? NeverExpiring.REFUSED : NeverExpiring.ALLOWED);
        } catch (TokenFailure.Invalid e) {
            throw arguments.refused(e.sentence());
        }
    }
}
