package io.latchkey.cli.backup;

import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.TokenStore;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.ledger.VerifyLedger;
import io.latchkey.cli.token.TokenDetails;
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
import picocli.CommandLine.Model.CommandSpec;

/** {@code restore}: a database as a backup has it. */
public record Restore(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "restore",
                        "Put a backup in the place of the database, after its ledger is verified. Tokens that were"
                                + " revoked, replaced or disabled after the backup live again: they are listed if the"
                                + " database is there. Works on the file only.")
                .addOption(CommandSpecs.value("<FILE>", "The backup; it stays as it is", "--from"))
                .addOption(CommandSpecs.flag("Replace a database that is there and that nobody uses", "--replace"))
                .addOption(Confirmation.option())
                .addOption(CommandSpecs.flag("Replace nothing; tell what would be different", "--dry-run"));
        CommandSpecs.addFile(spec);
        return CommandSpecs.withExamples(
                spec,
                new String[] {
                    "  latchkey restore --from /srv/backup/latchkey.db",
                    "  latchkey restore --from /srv/backup/latchkey.db --replace --dry-run",
                    "  latchkey restore --from /srv/backup/latchkey.db --replace --yes",
                },
                CommandSpecs.fileVariables());
    }

    @Override
    public String failure() {
        return "Restore command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Path from =
                arguments.required("--from", Location::path).toAbsolutePath().normalize();
        Path file = Location.file(arguments).file();
        DatabaseFiles files = authorities.files();
        PrintWriter err = arguments.environment().err();
        DatabaseFiles.Copy copy = files.examine(from);
        if (Files.exists(file)) {
            err.print(differences(files, file, copy, authorities.clock().instant()));
        } else {
            err.print("Tokens that were revoked, replaced or disabled after the backup live again, and nothing here"
                    + " says which\n");
        }
        if (arguments.has("--dry-run")) {
            return ExitCode.OK;
        }
        if (Files.exists(file) && !arguments.has("--replace")) {
            err.print(failure() + TerminalText.of(file.toString()) + " already exists: --replace takes its place\n");
            return ExitCode.FAILED;
        }
        if (Files.exists(file)
                && !Confirmation.isGiven(
                        arguments,
                        failure(),
                        "What was done after the backup is gone, its ledger included\n",
                        "replace " + TerminalText.of(file.toString()))) {
            return ExitCode.FAILED;
        }
        files.restore(from, file, arguments.has("--replace") ? Existing.REPLACED : Existing.KEPT);
        arguments
                .environment()
                .out()
                .print("Restored: " + TerminalText.of(file.toString()) + "\n" + VerifyLedger.told(copy.check()));
        return ExitCode.OK;
    }

    private static String differences(DatabaseFiles files, Path file, DatabaseFiles.Copy copy, Instant now) {
        try (TokenStore store = files.at(file)) {
            StringBuilder lines = new StringBuilder();
            if (!store.instanceId().equals(copy.instance())) {
                lines.append("The backup is of another instance than the database\n");
            }
            List<Token> present = store.snapshot().tokens();
            List<Token> copied = copy.snapshot().tokens();
            return lines.append(TokenDetails.list(
                            "Live again, though revoked, replaced or disabled after the backup:",
                            gaining(copied, present, now)))
                    .append(TokenDetails.list(
                            "Gone, because created, replaced or enabled after the backup:",
                            gaining(present, copied, now)))
                    .toString();
        }
    }

    /** The tokens that open something by a secret that opens nothing, or is not known, among others. */
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
