package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ListedToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.Run;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenQuery;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code purge tokens}: the end of named tokens that expired long ago. */
record PurgeTokens(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "tokens",
                        "Delete all named tokens that expired so long ago; their names are free then. The authority's"
                                + " clock decides.")
                .addOption(Syntax.value("<DURATION>", "How long ago, such as 90d", "--expired-for"))
                .addOption(Syntax.flag("Delete nothing, only list them", "--dry-run"))
                .addOption(Confirmation.option())
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
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
            List<Token> found =
                    authorities.ask(location, credential, administration -> expired(administration, expiredFor));
            if (arguments.has("--dry-run") || found.isEmpty()) {
                print(arguments.environment(), format, arguments.has("--dry-run") ? Run.DRY : Run.REAL, found);
                return ExitCode.OK;
            }
            if (!Confirmation.isGiven(
                    arguments,
                    failure(),
                    Confirmation.listed(
                            "To be deleted:", found.stream().map(Token::name).toList()),
                    "delete " + Text.counted(found.size()))) {
                return ExitCode.FAILED;
            }
        }
        List<Token> gone = new ArrayList<>();
        try {
            PurgedTokens purged;
            do {
                purged = authorities.ask(location, credential, administration -> administration.purge(expiredFor));
                gone.addAll(purged.tokens());
            } while (purged.more());
        } catch (TokenFailure | AuthorityUnavailable e) {
            if (!gone.isEmpty()) {
                print(arguments.environment(), format, Run.REAL, gone); // those are gone, whatever became of the others
            }
            throw e;
        }
        print(arguments.environment(), format, Run.REAL, gone);
        return ExitCode.OK;
    }

    private void print(Environment environment, ResultFormat format, Run run, List<Token> tokens) {
        Instant now = authorities.clock().instant();
        format.print(
                environment,
                () -> TokenTable.of(tokens, now)
                        + Text.counted(tokens.size())
                        + switch (run) {
                            case DRY -> " would be deleted\n";
                            case REAL -> " deleted\n";
                        },
                () -> new JsonObject()
                        .with("dry_run", run == Run.DRY)
                        .with("deleted", tokens.stream().map(token -> JsonToken.of(token, now))));
    }

    private List<Token> expired(TokenAdministration administration, Duration expiredFor) {
        Instant before = authorities.clock().instant().minus(expiredFor);
        List<Token> expired = new ArrayList<>();
        for (ListedToken listed : administration.all(TokenQuery.ALL)) {
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
