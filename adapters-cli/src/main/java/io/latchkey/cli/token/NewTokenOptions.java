package io.latchkey.cli.token;

import io.latchkey.application.NewToken;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The options of {@code create token} that say which kind of token to create, and with which properties. */
final class NewTokenOptions {
    private static final String ADMIN = "--admin";

    /** The first line is InfluxDB's (contract 2.4). */
    private static final String BOTH_KINDS = """
            Missing required subcommand. Use: latchkey create token --admin [OPTIONS]

            There are two kinds of tokens:
              --admin       an admin token, which may do everything: the operator token, or with --name another one
              --permission  a resource token, which may do only what its permissions allow, such as
                            --permission grafana:prod:read --name dashboard""";

    private NewTokenOptions() {}

    /** Adds the options. */
    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.flag("Create an admin token, which may do everything", ADMIN))
                .addOption(CommandSpecs.values(
                        "<PERMISSION>",
                        "Create a resource token, which may do only this; may be repeated. The form is"
                                + " TYPE:NAMES:ACTIONS, such as grafana:prod:read",
                        AttributeOptions.PERMISSION))
                .addOption(CommandSpecs.flag(
                        "Create a resource token that may do nothing but show itself, until `update token` gives it"
                                + " permissions",
                        AttributeOptions.NO_PERMISSIONS))
                .addOption(CommandSpecs.value(
                        "<NAME>", "Name of the new token; without it, the operator token is created", "--name"))
                .addOption(CommandSpecs.value(
                        "<DURATION>",
                        "Lifetime of the named token, such as 10d or 1h30m, or its end, such as 2030-01-31"
                                + " (0:00 UTC) or 2030-01-31T12:00:00Z; default: never",
                        "--expiry"))
                .addOption(CommandSpecs.value("<TEXT>", "Description of the named token", "--description"));
        AttributeOptions.addTo(spec);
    }

    /** Refuses options that do not fit the kind of token. */
    static void check(Arguments arguments) {
        boolean resource = Stream.of(AttributeOptions.PERMISSION, AttributeOptions.NO_PERMISSIONS)
                .anyMatch(arguments::has);
        if (arguments.has(ADMIN)) {
            checkAdmin(arguments);
        } else if (resource) {
            checkResource(arguments);
        } else {
            throw arguments.refused(BOTH_KINDS);
        }
    }

    private static void checkAdmin(Arguments arguments) {
        for (String option : List.of(AttributeOptions.PERMISSION, AttributeOptions.NO_PERMISSIONS)) {
            if (arguments.has(option)) {
                throw arguments.refused(option + " cannot be used with --admin: an admin token may do everything");
            }
        }
        if (arguments.has("--regenerate") && arguments.has("--name")) {
            throw arguments.refused(
                    "--regenerate cannot be used with --name, --regenerate only applies for operator token");
        }
        Stream.concat(Stream.of("--expiry", "--description"), AttributeOptions.OF_EVERY_KIND.stream())
                .filter(option -> arguments.has(option) && !arguments.has("--name"))
                .findFirst()
                .ifPresent(option -> {
                    throw arguments.refused(option + " needs --name: the operator token has no such property");
                });
    }

    private static void checkResource(Arguments arguments) {
        if (arguments.has("--regenerate")) {
            throw arguments.refused("--regenerate needs --admin: it is for the operator token");
        }
        var _ = arguments.required("--name", TokenName::new);
    }

    /** The named token that the options describe. */
    static NewToken of(Arguments arguments, Instant now) {
        return new NewToken(
                arguments.required("--name", TokenName::new),
                lifetime(arguments),
                description(arguments),
                AttributeOptions.of(arguments, now).appliedTo(Attributes.ADMIN));
    }

    /** What the user must know about a token with these options; empty if there is nothing. */
    static String hint(Arguments arguments, Instant now) {
        return AttributeOptions.hint(AttributeOptions.of(arguments, now));
    }

    static Lifetime lifetime(Arguments arguments) {
        return arguments.parse("--expiry", Lifetime::parse).orElse(Lifetime.UNLIMITED);
    }

    static Description description(Arguments arguments) {
        return arguments.parse("--description", Description::new).orElse(Description.NONE);
    }
}
