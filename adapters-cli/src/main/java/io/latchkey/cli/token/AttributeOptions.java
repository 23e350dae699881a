package io.latchkey.cli.token;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.Labels;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permission;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Route;
import io.latchkey.domain.Routes;
import io.latchkey.domain.TokenFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options for what a token may do, from where and from when, and whose it is. Limits are removed by a word and not by an
 * empty value, which an unset variable of a script would give.
 */
final class AttributeOptions {
    static final String PERMISSION = "--permission";
    static final String NO_PERMISSIONS = "--no-permissions";
    static final String FROM = "--from";
    static final String NOT_BEFORE = "--not-before";
    static final String OWNER = "--owner";
    static final String LABEL = "--label";
    static final String ROUTE = "--route";

    /** Those that admin tokens have, too. */
    static final List<String> OF_EVERY_KIND = List.of(FROM, NOT_BEFORE, OWNER, LABEL, ROUTE);

    private static final String ANYWHERE = "anywhere";
    private static final String NONE = "none";
    private static final String ANY = "any";

    /** What limits to addresses need, and commands cannot know: how a server is reached. */
    private static final String PROXY_HINT =
            "Note: behind a proxy, the address is the proxy's, unless `serve --trusted-proxy` names the proxy.\n";

    private static final String ROUTE_HINT =
            "Note: with routes, the token is accepted only behind a proxy that asks /api/v1/verify/request, as `latchkey config`"
                    + " prints it.\n";

    private AttributeOptions() {}

    /** Adds the options for limits, owner and labels. */
    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.values(
                        "<CIDR>",
                        "Network such as 10.0.0.0/8, or address, from which the token is accepted, or anywhere;"
                                + " may be repeated. A proxy must be named with `serve --trusted-proxy`",
                        FROM))
                .addOption(CommandSpecs.value(
                        "<TIME>",
                        "When the token begins to be valid: such as 2030-01-31 (0:00 UTC), 2030-01-31T12:00:00Z, or"
                                + " 2h from now, or none",
                        NOT_BEFORE))
                .addOption(CommandSpecs.value("<TEXT>", "Who is responsible for the token; \"\" for nobody", OWNER))
                .addOption(CommandSpecs.values(
                        "<KEY=VALUE>", "Label to find the token by; may be repeated; \"\" for none", LABEL))
                .addOption(CommandSpecs.values(
                        "<ROUTE>",
                        "Requests for which the token is accepted behind a proxy: methods, a space, host and path, or any; may"
                                + " be repeated. Latchkey's own API refuses a token with routes",
                        ROUTE));
    }

    /** What the options set; those that were not given set nothing. */
    static AttributesEdit of(Arguments arguments, Instant now) {
        if (arguments.has(PERMISSION) && arguments.has(NO_PERMISSIONS)) {
            throw arguments.refused(PERMISSION + " cannot be used with " + NO_PERMISSIONS);
        }
        return new AttributesEdit(
                arguments.has(NO_PERMISSIONS)
                        ? Optional.of(Permissions.NONE)
                        : all(arguments, PERMISSION, Permission::parse, Permissions::parse),
                isAlone(arguments, FROM, ANYWHERE)
                        ? Optional.of(Origins.ANYWHERE)
                        : all(arguments, FROM, text -> Origins.parse(List.of(text)), Origins::parse),
                arguments.parse(NOT_BEFORE, text -> start(text, now)),
                arguments.parse(OWNER, Owner::new),
                isAlone(arguments, LABEL, "")
                        ? Optional.of(Labels.NONE)
                        : all(arguments, LABEL, text -> Labels.parse(List.of(text)), Labels::parse),
                isAlone(arguments, ROUTE, ANY)
                        ? Optional.of(Routes.ANY)
                        : all(arguments, ROUTE, Route::parse, Routes::parse));
    }

    /** What a user who limits addresses or requests must know, and commands cannot: how servers are reached. */
    static String hint(AttributesEdit set) {
        return set.from()
                        .filter(from -> !from.equals(Origins.ANYWHERE))
                        .map(_ -> PROXY_HINT)
                        .orElse("")
                + set.routes()
                        .filter(routes -> !routes.isEmpty())
                        .map(_ -> ROUTE_HINT)
                        .orElse("");
    }

    private static boolean isAlone(Arguments arguments, String option, String word) {
        return arguments.values(option).equals(List.of(word));
    }

    /** Checks each value by itself, so that an error names the wrong one, and then all together. */
    private static <T> Optional<T> all(
            Arguments arguments, String option, Function<String, ?> each, Function<List<String>, T> together) {
        List<String> texts = arguments.values(option);
        for (String text : texts) {
            var _ = arguments.parse(new Arguments.Given(text, option), each);
        }
        try {
            return texts.isEmpty() ? Optional.empty() : Optional.of(together.apply(texts));
        } catch (TokenFailure.Invalid e) {
            throw arguments.refused("invalid values for '" + option + "': " + e.sentence());
        }
    }

    private static NotBefore start(String text, Instant now) {
        return text.equals(NONE) ? NotBefore.NONE : NotBefore.of(HumanMoment.parse(text, now));
    }
}
