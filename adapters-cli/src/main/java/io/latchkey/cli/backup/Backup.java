package io.latchkey.cli.backup;

import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.terminal.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code backup}: a verified copy of the database of a file or a server. */
public record Backup(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "backup",
                        "Copy the database to a file while it is in use; with --host, the database of a"
                                + " server. The copy is a consistent snapshot, and only its owner can read it. Its"
                                + " ledger is verified first, by the server too; if it is broken, no copy is written.")
                .addOption(CommandSpecs.value("<FILE>", "File for the copy", "--output", "-o"))
                .addOption(OutputFile.force())
                .addOption(CommandSpecs.flag(
                        "Write nothing; verify the ledger, or with --host check whether the server would"
                                + " send a copy",
                        "--dry-run"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec, "backup:*:read");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey backup --output /srv/backup/latchkey.db --force",
                "  latchkey backup --host http://127.0.0.1:8181 --token @operator.token --output latchkey.db",
                "  latchkey restore --from /srv/backup/latchkey.db");
    }

    @Override
    public String failure() {
        return "Backup command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Path copy =
                arguments.required("--output", Location::path).toAbsolutePath().normalize();
        Location location = Location.of(arguments).existing();
        Location.configured(arguments).ifPresent(database -> authorities.files().refuseOutput(copy, database));
        return arguments.has("--dry-run")
                ? verify(location, arguments, format)
                : made(location, arguments, format, copy);
    }

    private int made(Location location, Arguments arguments, ResultFormat format, Path copy) {
        LedgerCheck check = make(location, arguments, copy);
        format.print(
                arguments.environment(),
                () -> "Copied to: " + TerminalText.of(copy.toString()) + "\n" + VerifyLedger.text(check),
                () -> json(DryRun.NO, VerifyLedger.json(check).text()).with("file", copy.toString()));
        return code(check);
    }

    private LedgerCheck make(Location location, Arguments arguments, Path copy) {
        Existing existing = OutputFile.existing(arguments);
        return switch (location) {
            case Location.Store(StoreLocation.File(Path file)) -> {
                refuseToken(arguments);
                yield authorities.files().backUp(file, copy, existing);
            }
            case Location.Store(StoreLocation.Postgres database) -> {
                refuseToken(arguments);
                try (TokenStore store = authorities.stores().open(database)) {
                    yield authorities.files().backUp(store::backUp, copy, existing);
                }
            }
            case Location.Remote server ->
                authorities.ask(
                        server,
                        Credential.of(arguments),
                        access -> authorities.files().backUp(access.transfer()::backUp, copy, existing));
        };
    }

    private int verify(Location location, Arguments arguments, ResultFormat format) {
        return switch (location) {
            case Location.Store(StoreLocation database) -> {
                refuseToken(arguments);
                LedgerCheck check = check(database);
                format.print(
                        arguments.environment(),
                        () -> VerifyLedger.text(check),
                        () -> json(DryRun.YES, VerifyLedger.json(check).text()));
                yield code(check);
            }
            case Location.Remote server -> {
                String address = authorities.ask(server, Credential.of(arguments), access -> {
                    access.transfer().checkMayBackUp();
                    return server.address().toString();
                });
                format.print(
                        arguments.environment(),
                        () -> TerminalText.of(address) + " would send a copy, if its ledger is intact\n",
                        () -> json(DryRun.YES, "null")); // the server verifies its ledger only when it makes a copy
                yield ExitCode.OK;
            }
        };
    }

    /** A process that can read the database file needs no token. */
    private static void refuseToken(Arguments arguments) {
        if (arguments.has("--token")) {
            throw arguments.refused("--token needs --host: copying the database file needs no token");
        }
    }

    private LedgerCheck check(StoreLocation database) {
        try (TokenStore store = authorities.stores().open(database)) {
            return store.check(Optional.empty());
        }
    }

    private static JsonObject json(DryRun run, String ledger) {
        return new JsonObject().with("dry_run", run == DryRun.YES).withJson("ledger", ledger);
    }

    private static int code(LedgerCheck check) {
        return check instanceof LedgerCheck.Whole ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
