package io.latchkey.cli;

import io.latchkey.application.LedgerHead;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.domain.TokenId;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code verify ledger}: whether anybody changed what was written. */
record VerifyLedger(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "ledger",
                        "Compute the ledger's chain anew and compare it with the tokens. Names the first entry that was"
                                + " edited, removed, inserted or reordered, and then exits with 3. Prints the head of"
                                + " the chain: kept elsewhere and given back, it also shows what was cut off. Works on the file"
                                + " only; `backup` brings that of a server.")
                .addOption(
                        Syntax.value("<HEX>", "A head that the ledger had once, and must still have", "--expect-head"));
        Syntax.addFile(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey verify ledger", "  latchkey verify ledger --db backup.db --expect-head HEX",
                },
                Syntax.FILE_VARIABLES);
    }

    @Override
    public String failure() {
        return "Verify command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Optional<LedgerHead> expected = arguments.parse("--expect-head", LedgerHead::new);
        Location.Local file = Location.file(arguments);
        file.existing();
        LedgerCheck check = check(file, expected);
        arguments.environment().out().print(told(check));
        return check instanceof LedgerCheck.Whole ? Main.DONE : Main.FOUND;
    }

    private LedgerCheck check(Location.Local file, Optional<LedgerHead> expected) {
        try (TokenStore store = authorities.files().at(file.file())) {
            return store.check(expected);
        }
    }

    /** What a check says, in a line or two. */
    static String told(LedgerCheck check) {
        return switch (check) {
            case LedgerCheck.Whole(var revision, var head) ->
                "The ledger is as it was written: " + counted(revision) + "\nhead: " + head.hex() + "\n";
            case LedgerCheck.Broken(var revision, var flaw) ->
                "The ledger is not as it was written: entry " + revision
                        + " was "
                        + switch (flaw) {
                            case EDITED -> "edited";
                            case REMOVED -> "removed";
                            case INSERTED -> "inserted";
                            case REORDERED -> "reordered";
                        }
                        + "\n";
            case LedgerCheck.Unexplained(var revision, var token) ->
                "The ledger does not explain "
                        + token.map(TokenId::value).map(id -> "token " + id).orElse("a token")
                        + ": the token was changed behind its back, or what followed entry " + revision
                        + " was removed\n";
            case LedgerCheck.Truncated(var revision) ->
                "The ledger never had the expected head: what followed entry " + revision
                        + " was removed, or entries were written anew\n";
        };
    }

    private static String counted(long entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }
}
