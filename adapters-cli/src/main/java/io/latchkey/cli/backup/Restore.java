package io.latchkey.cli.backup;

import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.token.TokenDetails;
import io.latchkey.cli.token.TokenObject;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code restore}: replaces the database by a backup. */
public record Restore(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "restore",
                        "Replace the database by a backup, after verifying the backup's ledger. Tokens that"
                                + " were revoked, replaced or disabled after the backup become valid again; they are"
                                + " listed if the database still exists. Works on the database file only.")
                .addOption(CommandSpecs.value("<FILE>", "Backup file; it is not changed", "--from"))
                .addOption(CommandSpecs.flag("Replace an existing database; no process may be using it", "--replace"))
                .addOption(Confirmation.option())
                .addOption(CommandSpecs.flag("Replace nothing; print the differences", "--dry-run"))
                .addOption(ResultFormat.option());
        CommandSpecs.addFile(spec);
        return CommandSpecs.withExamples(
                spec,
                "  latchkey restore --from /srv/backup/latchkey.db",
                "  latchkey restore --from /srv/backup/latchkey.db --replace --dry-run",
                "  latchkey restore --from /srv/backup/latchkey.db --replace --yes");
    }

    @Override
    public String failure() {
        return "Restore command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Path from =
                arguments.required("--from", Location::path).toAbsolutePath().normalize();
        Path file = Location.file(arguments).path();
        DatabaseFiles files = authorities.files();
        PrintWriter err = arguments.environment().err();
        DatabaseFiles.Copy copy = files.examine(from);
        Optional<Differences> differences = Files.exists(file)
                ? Optional.of(differences(file, copy, authorities.clock().instant()))
                : Optional.empty();
        err.print(differences
                .map(Differences::text)
                .orElse("Tokens that were revoked, replaced or disabled after the backup become valid again;"
                        + " without the database, they cannot be listed\n"));
        if (arguments.has("--dry-run")) {
            format.print(arguments.environment(), () -> "", () -> json(DryRun.YES, file, copy, differences));
            return ExitCode.OK;
        }
        if (Files.exists(file) && !arguments.has("--replace")) {
            err.print(failure() + TerminalText.of(file.toString()) + " already exists: replace it with --replace\n");
            return ExitCode.FAILED;
        }
        if (Files.exists(file)
                && !Confirmation.isGiven(
                        arguments,
                        failure(),
                        "All changes after the backup are lost, including their ledger entries\n",
                        "replace " + TerminalText.of(file.toString()))) {
            return ExitCode.FAILED;
        }
        files.restore(from, file, arguments.has("--replace") ? Existing.REPLACED : Existing.KEPT);
        format.print(
                arguments.environment(),
                () -> "Restored: " + TerminalText.of(file.toString()) + "\n" + VerifyLedger.text(copy.check()),
                () -> json(DryRun.NO, file, copy, differences));
        return ExitCode.OK;
    }

    private JsonObject json(DryRun run, Path file, DatabaseFiles.Copy copy, Optional<Differences> differences) {
        Instant now = authorities.clock().instant();
        JsonObject result = new JsonObject()
                .with("dry_run", run == DryRun.YES)
                .with("file", file.toString())
                .withJson("ledger", VerifyLedger.json(copy.check()).text());
        differences.ifPresent(differing -> result.with("same_instance", differing.instance() == Instance.SAME)
                .with("live_again", differing.liveAgain().stream().map(token -> TokenObject.of(token, now)))
                .with("gone", differing.invalid().stream().map(token -> TokenObject.of(token, now))));
        return result;
    }

    /** Whether the backup was made of the database that it replaces. */
    private enum Instance {
        SAME,
        OTHER
    }

    /** The differences between a backup and the database that it replaces. */
    private record Differences(Instance instance, List<Token> liveAgain, List<Token> invalid) {
        String text() {
            return (instance == Instance.SAME ? "" : "The backup is of another instance than the database\n")
                    + TokenDetails.list(
                            "Valid again, though revoked, replaced or disabled after the backup:", liveAgain)
                    + TokenDetails.list(
                            "No longer valid, because created, replaced or enabled after the backup:", invalid);
        }
    }

    private Differences differences(Path file, DatabaseFiles.Copy copy, Instant now) {
        try (TokenStore store = authorities.stores().open(new StoreLocation.File(file))) {
            List<Token> present = store.snapshot().tokens();
            List<Token> copied = copy.snapshot().tokens();
            return new Differences(
                    store.instanceId().equals(copy.instance()) ? Instance.SAME : Instance.OTHER,
                    gaining(copied, present, now),
                    gaining(present, copied, now));
        }
    }

    /** The tokens with an accepted secret that is not accepted among the other tokens. */
    private static List<Token> gaining(List<Token> tokens, List<Token> others, Instant now) {
        Map<TokenDigest, Token> accepted = new HashMap<>();
        others.forEach(token -> token.secrets().accepted(now).forEach(secret -> accepted.put(secret, token)));
        return tokens.stream()
                .filter(token -> token.secrets().accepted(now).anyMatch(secret -> {
                    Token other = accepted.get(secret);
                    return other == null
                            || (token.stateAt(now) == TokenState.ACTIVE && other.stateAt(now) != TokenState.ACTIVE);
                }))
                .toList();
    }
}
