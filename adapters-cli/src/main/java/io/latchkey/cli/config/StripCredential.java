package io.latchkey.cli.config;

import static java.util.stream.Collectors.joining;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Whether a proxy removes the credential of a request before it forwards the request to the service.
 *
 * <p>A line of a template that begins with {@code @strip@} or {@code @keep@} belongs to one of the two.
 */
enum StripCredential {
    STRIP,
    KEEP;

    private static final String STRIPPED = "--strip-credential";
    private static final String KEPT = "--no-strip-credential";

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.flag("Remove the token before the service gets a request (default)", STRIPPED))
                .addOption(CommandSpecs.flag(
                        "Leave the token in Authorization, for a service that reads it itself", KEPT));
    }

    static StripCredential of(Arguments arguments) {
        if (arguments.has(STRIPPED) && arguments.has(KEPT)) {
            throw arguments.refused(STRIPPED + " cannot be used with " + KEPT + ": the service gets the token or not");
        }
        return arguments.has(KEPT) ? KEEP : STRIP;
    }

    /** The lines of a text that belong to this choice, or to every choice. */
    String lines(String text) {
        return text.lines().flatMap(this::line).collect(joining("\n", "", "\n"));
    }

    private Stream<String> line(String line) {
        for (StripCredential choice : values()) {
            String mark = "@" + choice.name().toLowerCase(Locale.ROOT) + "@";
            if (line.startsWith(mark)) {
                return choice == this ? Stream.of(line.substring(mark.length())) : Stream.empty();
            }
        }
        return Stream.of(line);
    }
}
