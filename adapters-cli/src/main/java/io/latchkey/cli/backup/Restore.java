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
                                + " listed if the database still exists. Works on a database file or a PostgreSQL database, not on a"
                                + " server.")
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
        StoreLocation target = Location.store(arguments);
        Existence existence = existence(target);
        DatabaseFiles files = authorities.files();
        PrintWriter err = arguments.environment().err();
        DatabaseFiles.Copy copy = files.examine(from);
        Optional<Differences> differences = switch (existence) {
            case THERE ->
                Optional.of(differences(target, copy, authorities.clock().instant()));
            case MISSING -> Optional.empty();
        };
        err.print(differences
                .map(Differences::text)
                .orElse("Tokens that were revoked, replaced or disabled after the backup become valid again;"
                        + " without the database, they cannot be listed\n"));
        if (arguments.has("--dry-run")) {
            format.print(arguments.environment(), () -> "", () -> json(DryRun.YES, target, copy, differences));
            return ExitCode.OK;
        }
        if (existence == Existence.THERE && !mayReplace(arguments, TerminalText.of(target.toString()))) {
            return ExitCode.FAILED;
        }
        Existing existing = arguments.has("--replace") ? Existing.REPLACED : Existing.KEPT;
        switch (target) {
            case StoreLocation.File(var file) -> files.restore(from, file, existing);
            case StoreLocation.Postgres database -> {
                var _ = authorities.stores().copy(new StoreLocation.File(from), database, existing);
            }
        }
        format.print(
                arguments.environment(),
                () -> "Restored: " + TerminalText.of(target.toString()) + "\n" + VerifyLedger.text(copy.check()),
                () -> json(DryRun.NO, target, copy, differences));
        return ExitCode.OK;
    }

    /** Whether there is a database that a restored one would replace. */
    private enum Existence {
        THERE,
        MISSING
    }

    /** A PostgreSQL database is created by its owner; it is as good as missing while its ledger is empty. */
    private Existence existence(StoreLocation target) {
        boolean there = switch (target) {
            case StoreLocation.File(var file) -> Files.exists(file);
            case StoreLocation.Postgres database -> {
                try (TokenStore store = authorities.stores().open(database)) {
                    yield store.revision() > 0;
                }
            }
        };
        return there ? Existence.THERE : Existence.MISSING;
    }

    private boolean mayReplace(Arguments arguments, String target) {
        if (!arguments.has("--replace")) {
            arguments.environment().err().print(failure() + target + " already exists: replace it with --replace\n");
            return false;
        }
        return Confirmation.isGiven(
                arguments,
                failure(),
                "All changes after the backup are lost, including their ledger entries\n",
                "replace " + target);
    }

    private JsonObject json(
            DryRun run, StoreLocation target, DatabaseFiles.Copy copy, Optional<Differences> differences) {
        Instant now = authorities.clock().instant();
        JsonObject result = new JsonObject()
                .with("dry_run", run == DryRun.YES)
                .with(
                        switch (target) {
                            case StoreLocation.File _ -> "file";
                            case StoreLocation.Postgres _ -> "database";
                        },
                        target.toString())
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

    private Differences differences(StoreLocation target, DatabaseFiles.Copy copy, Instant now) {
        try (TokenStore store = authorities.stores().open(target)) {
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
