package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ListedToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.WaitOption;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code purge tokens}: deletes named tokens that expired long ago. */
public record PurgeTokens(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "tokens",
                        "Delete all named tokens that expired longer ago than a given time; their names can"
                                + " be used again. The clock of the server decides, or of this machine without one.")
                .addOption(CommandSpecs.value("<DURATION>", "Time since the expiry, such as 90d", "--expired-for"))
                .addOption(CommandSpecs.flag("Delete nothing; list the tokens", "--dry-run"))
                .addOption(Confirmation.option())
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:delete and tokens:NAME:read, and deletes no other tokens");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey purge tokens --expired-for 90d --dry-run",
                "  latchkey purge tokens --expired-for 1y --yes");
    }

    @Override
    public String failure() {
        return "Purge command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Duration expiredFor = arguments.required("--expired-for", HumanDuration::parse);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        if (arguments.has("--dry-run") || !arguments.has("--yes")) {
            List<Token> expired = authorities.ask(location, credential, access -> expired(access, expiredFor));
            if (arguments.has("--dry-run") || expired.isEmpty()) {
                print(arguments.environment(), format, arguments.has("--dry-run") ? DryRun.YES : DryRun.NO, expired);
                return ExitCode.OK;
            }
            if (!Confirmation.isGiven(
                    arguments,
                    failure(),
                    Confirmation.listed(
                            "To be deleted:", expired.stream().map(Token::name).toList()),
                    "delete " + Quoted.counted(expired.size()))) {
                return ExitCode.FAILED;
            }
        }
        List<Token> deleted = new ArrayList<>();
        try {
            PurgedTokens purged;
            do {
                purged = authorities.ask(
                        location,
                        credential,
                        WaitOption.applied(arguments, access -> access.tokens().purge(expiredFor)));
                deleted.addAll(purged.tokens());
            } while (purged.more());
        } catch (TokenFailure | AuthorityUnavailable e) {
            if (!deleted.isEmpty()) {
                print(
                        arguments.environment(),
                        format,
                        DryRun.NO,
                        deleted); // these are deleted, even if the rest failed
            }
            throw e;
        }
        print(arguments.environment(), format, DryRun.NO, deleted);
        return ExitCode.OK;
    }

    private void print(Environment environment, ResultFormat format, DryRun run, List<Token> tokens) {
        Instant now = authorities.clock().instant();
        format.print(
                environment,
                () -> ChangedTokensTable.of(tokens, now)
                        + Quoted.counted(tokens.size())
                        + switch (run) {
                            case YES -> " would be deleted\n";
                            case NO -> " deleted\n";
                        },
                () -> new JsonObject()
                        .with("dry_run", run == DryRun.YES)
                        .with("deleted", tokens.stream().map(token -> TokenObject.of(token, now))));
    }

    private List<Token> expired(ActorAccess access, Duration expiredFor) {
        Instant before = authorities.clock().instant().minus(expiredFor);
        List<Token> expired = new ArrayList<>();
        for (ListedToken listed : access.tokens().all(TokenQuery.ALL)) {
            if (listed.token()
                    .expiry()
                    .end()
                    .filter(end -> !end.isAfter(before))
                    .isPresent()) {
                expired.add(listed.token());
            }
        }
        return expired;
    }
}
