package io.latchkey.cli.token;

import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code check tokens}: finds tokens that have expired or expire soon. */
public record CheckTokens(Authorities authorities) implements Command {
    private static final String WITHIN = "--expiring-within";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "tokens",
                        "Check whether any token expires soon or has expired. Prints such tokens and exits"
                                + " with 3; for cron and CI. Ignores disabled tokens.")
                .addOption(CommandSpecs.value("<TIME>", "Time until the expiry, such as 14d", WITHIN))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec, "tokens:NAME:read, and sees no other tokens");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey check tokens --expiring-within 14d",
                "  latchkey check tokens --expiring-within 14d --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Check command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Duration within = arguments.required(WITHIN, HumanDuration::parse);
        Location location = Location.of(arguments).existing();
        Instant now = authorities.clock().instant();
        List<Token> expiring =
                authorities
                        .ask(
                                location,
                                Credential.of(arguments),
                                access -> access.tokens().list())
                        .stream()
                        .filter(token -> token.disablement().isEmpty()
                                && (!token.expiry().isLiveAt(now)
                                        || token.expiry().isWithin(within, now)))
                        .toList();
        format.print(
                arguments.environment(),
                () -> expiring.stream().map(token -> line(token, now)).collect(Collectors.joining()),
                () -> new JsonObject().with("tokens", expiring.stream().map(token -> TokenObject.of(token, now))));
        return expiring.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static String line(Token token, Instant now) {
        return "Token " + Quoted.quoted(token.name().value())
                + (token.expiry().isLiveAt(now) ? " expires at " : " expired at ")
                + token.expiry().end().orElseThrow() + "\n";
    }
}
