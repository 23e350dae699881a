package io.latchkey.cli.backup;

import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.terminal.JsonObject;
import picocli.CommandLine.Model.CommandSpec;

/** {@code move database}: from a file to PostgreSQL, or back. */
public record MoveDatabase(Authorities authorities) implements Command {
    private static final String PLACE = "<FILE|URL>";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "database",
                        "Move the database from a file to PostgreSQL, or back, with all secrets, the ledger and the"
                                + " counts of uses. Stop all servers first. The new database appears only when it is"
                                + " complete and its ledger verified; the old one is not changed.")
                .addOption(CommandSpecs.value(
                        PLACE, "Database to read: a file, or postgresql://USER@HOST/DATABASE", "--from"))
                .addOption(CommandSpecs.value(
                        PLACE, "Database to make: a new file, or the URL of an empty PostgreSQL database", "--to"))
                .addOption(CommandSpecs.databasePassword())
                .addOption(ResultFormat.option());
        return CommandSpecs.withExamples(
                spec,
                "  latchkey move database --from latchkey.db --to postgresql://latchkey@db.example.com/latchkey",
                "  latchkey move database --from postgresql://latchkey@db.example.com/latchkey --to latchkey.db");
    }

    @Override
    public String failure() {
        return "Move command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        StoreLocation from = Location.named(arguments, "--from");
        StoreLocation to = Location.named(arguments, "--to");
        LedgerCheck.Whole check = authorities.stores().copy(from, to, Existing.KEPT);
        String old = TerminalText.of(from.toString());
        format.print(
                arguments.environment(),
                () -> "Moved to: " + TerminalText.of(to.toString()) + "\n" + VerifyLedger.text(check),
                () -> new JsonObject()
                        .with("from", from.toString())
                        .with("to", to.toString())
                        .withJson("ledger", VerifyLedger.json(check).text()));
        arguments
                .environment()
                .err()
                .print("Start the servers with the new database. No change reaches " + old
                        + " any more: keep it as a backup, and let nothing use it\n");
        return ExitCode.OK;
    }
}
