package io.latchkey.cli.ledger;

import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.domain.TokenId;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code verify ledger}: checks the ledger for tampering. */
public record VerifyLedger(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "ledger",
                        "Check the ledger for tampering: recompute its hash chain and compare it with the"
                                + " tokens. Prints the first entry that was edited, removed, inserted or reordered, and"
                                + " exits with 3. Otherwise prints the head of the chain; keep it elsewhere and give it"
                                + " with --expect-head to detect a truncated ledger. Works on the database file only;"
                                + " use `backup` first for a server.")
                .addOption(CommandSpecs.value(
                        "<HEX>",
                        "Head of the chain that the ledger had earlier and must still contain",
                        "--expect-head"))
                .addOption(ResultFormat.option());
        CommandSpecs.addFile(spec);
        return CommandSpecs.withExamples(
                spec, "  latchkey verify ledger", "  latchkey verify ledger --db backup.db --expect-head HEX");
    }

    @Override
    public String failure() {
        return "Verify command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Optional<LedgerHead> expected = arguments.parse("--expect-head", LedgerHead::new);
        StoreLocation location = Location.store(arguments);
        var _ = new Location.Store(location).existing();
        LedgerCheck check = check(location, expected);
        format.print(arguments.environment(), () -> text(check), () -> json(check));
        return check instanceof LedgerCheck.Whole ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private LedgerCheck check(StoreLocation location, Optional<LedgerHead> expected) {
        try (TokenStore store = authorities.stores().open(location)) {
            return store.check(expected);
        }
    }

    /** The result of a check as text, in one or two lines. */
    public static String text(LedgerCheck check) {
        return switch (check) {
            case LedgerCheck.Whole(var revision, var head) ->
                "Ledger intact: " + counted(revision) + "\nhead: " + head.hex() + "\n";
            case LedgerCheck.Broken(var revision, var flaw) ->
                "Ledger broken: entry " + revision
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
                        + ": the token was changed without an entry, or the entries after entry " + revision
                        + " were removed\n";
            case LedgerCheck.Truncated(var revision) ->
                "The ledger does not contain the expected head: the entries after entry " + revision
                        + " were removed, or entries were rewritten\n";
        };
    }

    /** The result as a JSON object, always with the same members. */
    public static JsonObject json(LedgerCheck check) {
        return switch (check) {
            case LedgerCheck.Whole(var revision, var head) ->
                json("intact", revision, Optional.of(head.hex()), Optional.empty());
            case LedgerCheck.Broken(var revision, var flaw) ->
                json(flaw.name().toLowerCase(Locale.ROOT), revision, Optional.empty(), Optional.empty());
            case LedgerCheck.Unexplained(var revision, var token) ->
                json("unexplained", revision, Optional.empty(), token.map(TokenId::value));
            case LedgerCheck.Truncated(var revision) -> json("truncated", revision, Optional.empty(), Optional.empty());
        };
    }

    private static JsonObject json(String result, long revision, Optional<String> head, Optional<Long> token) {
        return new JsonObject()
                .with("result", result)
                .with("revision", revision)
                .withText("head", head)
                .withNumber("token_id", token);
    }

    private static String counted(long entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }
}
