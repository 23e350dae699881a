package io.latchkey.cli.ledger;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LostLedger;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.NodeWait;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.Environment;
import picocli.CommandLine.Model.CommandSpec;

/** {@code accept ledger}: accepts a ledger that has lost its newest entries. */
public record AcceptLedger(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "ledger",
                        "Accept a PostgreSQL database that has lost its newest ledger entries, because a backup was"
                                + " restored or a standby was promoted that lagged. Until then, no token can be changed,"
                                + " and servers that know the lost entries go on refusing what these had ended."
                                + " Afterwards, a token that a lost entry revoked, replaced or disabled is valid again:"
                                + " revoke it again. Recorded in the ledger.")
                .addOption(Confirmation.option());
        CommandSpecs.addFile(spec);
        return CommandSpecs.withExamples(
                spec, "  latchkey accept ledger --db postgresql://latchkey@db.example.com/latchkey");
    }

    @Override
    public String failure() {
        return "Accept command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        StoreLocation location = Location.store(arguments);
        var _ = new Location.Store(location).existing();
        Environment environment = arguments.environment();
        try (TokenStore store = authorities.stores().open(location)) {
            LedgerLoss loss = store.loss()
                    .orElseThrow(() -> new AuthorityUnavailable(
                            location + " has lost no ledger entries: there is nothing to accept"));
            if (!Confirmation.isGiven(
                    arguments,
                    failure(),
                    "The newest ledger entry is " + loss.newest() + ", but " + loss.seen()
                            + " was seen: what the entries between them ended is valid again\n",
                    "accept the ledger as it is")) {
                return ExitCode.FAILED;
            }
            long revision = LostLedger.accept(store, Environment.owner(), authorities.clock());
            store.nodes()
                    .map(nodes -> nodes.await(revision))
                    .ifPresent(wait -> environment.err().print(text(wait)));
            environment.out().print("Ledger accepted: its newest entry is " + revision + "\n");
            return ExitCode.OK;
        }
    }

    private static String text(NodeWait wait) {
        return wait.waitedOut().isEmpty()
                ? ""
                : "Note: these servers have yet to read the tokens again: " + String.join(", ", wait.waitedOut())
                        + "\n";
    }
}
