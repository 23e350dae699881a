package io.latchkey.cli;

import io.latchkey.application.Printable;
import io.latchkey.application.TokenFiles;
import io.latchkey.application.TokenFiles.Existing;
import io.latchkey.application.TokenStore;
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
record Restore(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "restore",
                        "Put a backup in the place of the database, after its ledger is verified. Tokens that were"
                                + " revoked, replaced or disabled after the backup live again: they are listed if the"
                                + " database is there. Works on the file only.")
                .addOption(Syntax.value("<FILE>", "The backup; it stays as it is", "--from"))
                .addOption(Syntax.flag("Replace a database that is there and that nobody uses", "--replace"))
                .addOption(Confirmation.option())
                .addOption(Syntax.flag("Replace nothing; tell what would be different", "--dry-run"));
        Syntax.addFile(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey restore --from /srv/backup/latchkey.db",
                    "  latchkey restore --from /srv/backup/latchkey.db --replace --dry-run",
                    "  latchkey restore --from /srv/backup/latchkey.db --replace --yes",
                },
                Syntax.fileVariables());
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
        TokenFiles files = authorities.files();
        PrintWriter err = arguments.environment().err();
        TokenFiles.Copy copy = files.examine(from);
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
            err.print(failure() + Printable.of(file.toString()) + " is there already: --replace takes its place\n");
            return ExitCode.FAILED;
        }
        if (Files.exists(file)
                && !Confirmation.isGiven(
                        arguments,
                        failure(),
                        "What was done after the backup is gone, its ledger included\n",
                        "replace " + Printable.of(file.toString()))) {
            return ExitCode.FAILED;
        }
        files.restore(from, file, arguments.has("--replace") ? Existing.REPLACED : Existing.KEPT);
        arguments
                .environment()
                .out()
                .print("Restored: " + Printable.of(file.toString()) + "\n" + VerifyLedger.told(copy.check()));
        return ExitCode.OK;
    }

    private static String differences(TokenFiles files, Path file, TokenFiles.Copy copy, Instant now) {
        try (TokenStore store = files.at(file)) {
            StringBuilder lines = new StringBuilder();
            if (!store.instanceId().equals(copy.instance())) {
                lines.append("The backup is of another instance than the database\n");
            }
            List<Token> present = store.snapshot().tokens();
            List<Token> copied = copy.snapshot().tokens();
            return lines.append(TokenPortrait.list(
                            "Live again, though revoked, replaced or disabled after the backup:",
                            gaining(copied, present, now)))
                    .append(TokenPortrait.list(
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
