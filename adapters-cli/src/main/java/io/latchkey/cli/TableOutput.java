package io.latchkey.cli;

import io.latchkey.application.SystemQuery;
import io.latchkey.application.TableFormat;
import java.nio.file.Path;
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
                        "--output"));
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
        Location location = Location.of(arguments).existing();
        String table = authorities.ask(
                location, Credential.of(arguments), administration -> administration.query(query, format));
        return put(arguments, table);
    }

    /** Puts a table where it belongs. */
    static int put(Arguments arguments, String table) {
        String text = table.isEmpty() || table.endsWith("\n") ? table : table + "\n";
        Optional<String> file = arguments.value("--output");
        if (file.isPresent()) {
            new OutputFile(Path.of(file.get())).write(text);
        } else {
            arguments.environment().out().print(text);
        }
        return Main.DONE;
    }
}
