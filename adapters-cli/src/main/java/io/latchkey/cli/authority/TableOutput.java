package io.latchkey.cli.authority;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a table to standard output or to a file. */
public final class TableOutput {
    private TableOutput() {}

    /** Adds the options for the format and the output file. */
    public static CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(
                        CommandSpecs.choice(TableFormat.class, "<FORMAT>", "pretty, json, jsonl or csv", "--format"))
                .addOption(CommandSpecs.value(
                        "<FILE>",
                        "Write to this file, readable only by its owner, instead of standard output",
                        "-o",
                        "--output"))
                .addOption(OutputFile.force());
    }

    /** Whether output goes to a terminal and no format was given. */
    public static boolean isForTerminal(Arguments arguments) {
        return !arguments.has("--format")
                && !arguments.has("--output")
                && arguments.environment().terminal().getAsBoolean();
    }

    /** Runs a query and writes its result, followed by a line feed as in InfluxDB's command line. */
    public static int answer(Authorities authorities, Arguments arguments, SystemQuery query) {
        TableFormat format = arguments.choice("--format", TableFormat.PRETTY);
        Optional<OutputFile> file = file(authorities, arguments);
        Location location = Location.of(arguments).existing();
        return authorities.ask(location, Credential.of(arguments), access -> {
            try (TableText table = access.queries().query(query, format)) {
                return put(file, arguments, table);
            }
        });
    }

    /** The output file, if one was given; checked before the authority is asked. */
    public static Optional<OutputFile> file(Authorities authorities, Arguments arguments) {
        return OutputFile.of(arguments, authorities, "--output");
    }

    /** Writes a table. */
    public static int put(Optional<OutputFile> file, Arguments arguments, String table) {
        return put(file, arguments, List.of(table).iterator());
    }

    /** Writes a table that is created piece by piece. */
    public static int put(Optional<OutputFile> file, Arguments arguments, Iterator<String> table) {
        Iterator<String> lines = new EndedLine(table);
        if (file.isPresent()) {
            file.get().write(lines);
        } else {
            lines.forEachRemaining(arguments.environment().out()::print);
        }
        return ExitCode.OK;
    }

    /** Adds a line feed at the end of a text in pieces, if it is not empty and has none. */
    private static final class EndedLine implements Iterator<String> {
        private final Iterator<String> pieces;
        private boolean open;

        EndedLine(Iterator<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public boolean hasNext() {
            return pieces.hasNext() || open;
        }

        @Override
        public String next() {
            if (!pieces.hasNext() && open) {
                open = false;
                return "\n";
            }
            String piece = pieces.next();
            open = piece.isEmpty() ? open : !piece.endsWith("\n");
            return piece;
        }
    }
}
