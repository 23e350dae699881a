package io.latchkey.cli;

import io.latchkey.application.SystemQuery;
import io.latchkey.application.TableFormat;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The way of a table from a query to standard output, or to a file. */
final class TableOutput {
    private TableOutput() {}

    /** Options that say how the table is written, and where. */
    static CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(Syntax.choice(TableFormat.class, "<FORMAT>", "pretty, json, jsonl or csv", "--format"))
                .addOption(Syntax.value(
                        "<FILE>",
                        "File to write to instead of standard output, readable by its owner",
                        "-o",
                        "--output"))
                .addOption(OutputFile.force());
    }

    /** Whether somebody looks at it who did not say how to write it. */
    static boolean isLookedAt(Arguments arguments) {
        return !arguments.has("--format")
                && !arguments.has("--output")
                && arguments.environment().terminal().getAsBoolean();
    }

    /** Asks, and puts the answer where it belongs; a line feed ends it, as in InfluxDB's command line. */
    static int answer(Authorities authorities, Arguments arguments, SystemQuery query) {
        TableFormat format = arguments.choice("--format", TableFormat.PRETTY);
        Optional<OutputFile> file = file(authorities, arguments);
        Location location = Location.of(arguments).existing();
        String table = authorities.ask(
                location, Credential.of(arguments), administration -> administration.query(query, format));
        return put(file, arguments, table);
    }

    /** The file that the answer is to be written to, if one was named: looked at before anybody is asked. */
    static Optional<OutputFile> file(Authorities authorities, Arguments arguments) {
        return OutputFile.of(arguments, authorities, "--output");
    }

    /** Puts a table where it belongs. */
    static int put(Optional<OutputFile> file, Arguments arguments, String table) {
        String text = table.isEmpty() || table.endsWith("\n") ? table : table + "\n";
        if (file.isPresent()) {
            file.get().write(text);
        } else {
            arguments.environment().out().print(text);
        }
        return Main.DONE;
    }
}
