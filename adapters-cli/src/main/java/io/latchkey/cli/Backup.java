package io.latchkey.cli;

import io.latchkey.application.Printable;
import io.latchkey.application.TokenFiles.Existing;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code backup}: a copy of the database file that is known to be whole. */
record Backup(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "backup",
                        "Copy the database while it is in use, as it is at one moment, to a file that only its owner"
                                + " may read. The copy is there only if it is whole: its ledger is verified.")
                .addOption(Syntax.value("<FILE>", "File to write the copy to", "--output", "-o"))
                .addOption(Syntax.flag("Replace a file that is there", "--force"))
                .addOption(Syntax.flag("Write nothing; verify what would be copied", "--dry-run"));
        Syntax.addFile(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey backup --output /srv/backup/latchkey.db --force",
                    "  latchkey restore --from /srv/backup/latchkey.db",
                },
                Syntax.FILE_VARIABLES);
    }

    @Override
    public String failure() {
        return "Backup command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Path copy =
                arguments.required("--output", Location::path).toAbsolutePath().normalize();
        Location.Local location = Location.file(arguments);
        location.existing();
        Environment environment = arguments.environment();
        if (arguments.has("--dry-run")) {
            LedgerCheck check = check(location);
            environment.out().print(VerifyLedger.told(check));
            return check instanceof LedgerCheck.Whole ? Main.DONE : Main.FOUND;
        }
        LedgerCheck.Whole check = authorities
                .files()
                .backUp(location.file(), copy, arguments.has("--force") ? Existing.REPLACED : Existing.KEPT);
        environment.out().print("Copied to: " + Printable.of(copy.toString()) + "\n" + VerifyLedger.told(check));
        return Main.DONE;
    }

    private LedgerCheck check(Location.Local location) {
        try (TokenStore store = authorities.files().at(location.file())) {
            return store.check(Optional.empty());
        }
    }
}
