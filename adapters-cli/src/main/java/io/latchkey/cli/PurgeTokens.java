package io.latchkey.cli;

import io.latchkey.application.ListedToken;
import io.latchkey.application.PurgedTokens;
import io.latchkey.application.SystemTokens;
import io.latchkey.application.TableFormat;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenQuery;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Token;
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
                .addOption(Confirmation.option());
        Syntax.addAuthority(spec);
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
        Duration expiredFor = arguments.required("--expired-for", HumanDuration::parse);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        Environment environment = arguments.environment();
        if (arguments.has("--dry-run") || !arguments.has("--yes")) {
            List<Token> found =
                    authorities.ask(location, credential, administration -> expired(administration, expiredFor));
            if (arguments.has("--dry-run") || found.isEmpty()) {
                environment
                        .out()
                        .print(table(found)
                                + told(found.size(), arguments.has("--dry-run") ? "would be deleted" : "deleted"));
                return Main.DONE;
            }
            if (!Confirmation.isGiven(
                    arguments,
                    failure(),
                    Confirmation.listed(
                            "To be deleted:", found.stream().map(Token::name).toList()),
                    "delete " + ImportTokens.counted(found.size()))) {
                return Main.FAILED;
            }
        }
        int gone = 0;
        PurgedTokens purged;
        do {
            purged = authorities.ask(location, credential, administration -> administration.purge(expiredFor));
            environment.out().print(table(purged.tokens()));
            gone += purged.tokens().size();
        } while (purged.more());
        environment.out().print(told(gone, "deleted"));
        return Main.DONE;
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

    private static String table(List<Token> tokens) {
        return tokens.isEmpty()
                ? ""
                : TableFormat.PRETTY.write(SystemTokens.of(tokens).toTable()) + "\n";
    }

    private static String told(int count, String what) {
        return ImportTokens.counted(count) + " " + what + "\n";
    }
}
