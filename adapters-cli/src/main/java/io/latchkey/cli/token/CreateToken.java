package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.NewToken;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.authority.WaitOption;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ShownOnce;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.TokenName;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code create token}: creates the operator token, an admin token or a resource token, or regenerates the operator token. */
public record CreateToken(Authorities authorities) implements Command {
    private static final String[] SYNOPSIS = {
        "latchkey create token --admin [OPTIONS]",
        "       latchkey create token --permission=<PERMISSION> --name=<NAME> [OPTIONS]"
    };

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                CommandSpecs.command(this, "token", "Create a new auth token, or regenerate the operator token.");
        NewTokenOptions.addTo(spec);
        spec.addOption(CommandSpecs.flag(
                        "Give the operator token a new secret; the old one is no longer valid", "--regenerate"))
                .addOption(CommandSpecs.flag("Do not ask for confirmation", "-y", "--yes"))
                .addOption(CommandSpecs.flag(
                        "Write the token to a file for `serve --admin-token-file`, or add the resource token to a file"
                                + " for `serve --permission-tokens-file`, without an authority",
                        OfflineWriter.OFFLINE))
                .addOption(CommandSpecs.value("<FILE>", "File for the token of --offline", OfflineWriter.FILE))
                .addOption(CommandSpecs.value(
                        "<NAMES>",
                        "Databases that InfluxDB creates when it reads the file of a resource token, separated by"
                                + " commas; Latchkey has none",
                        OfflineWriter.DATABASES))
                .addOption(OutputFile.force())
                .addOption(CommandSpecs.choice(
                        IssuedTokenFormat.class, "<FORMAT>", "text, json, or token for the bare token", "--format"));
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:create, and creates only tokens that may do no more than it may");
        spec.usageMessage().abbreviateSynopsis(false).customSynopsis(SYNOPSIS);
        return CommandSpecs.withExamplesInColour(
                spec,
                "  latchkey create token --admin",
                "  latchkey create token --admin --name backup --expiry 90d --description \"nightly backup\"",
                "  latchkey create token --permission grafana:prod:read --name dashboard --owner ops --label env=prod",
                "  latchkey create token --permission \"tokens:ci-*:create,rotate\" --name ci --from 10.0.0.0/8",
                "  latchkey create token --permission grafana:prod:read --name tv --route \"read tv.example.org/d/**\"",
                "  latchkey create token --admin --name ci --format token > ci.token",
                "  latchkey create token --admin --regenerate",
                "  latchkey create token --admin --offline --output-file operator.json",
                "  latchkey create token --permission db:a:read --name a --offline --output-file tokens.json",
                "  latchkey create token --admin --name ci --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Failed to create token, error: ";
    }

    @Override
    public int run(Arguments arguments) {
        NewTokenOptions.check(arguments);
        IssuedTokenFormat listing = arguments.choice("--format", IssuedTokenFormat.TEXT);
        Environment environment = arguments.environment();
        Optional<OfflineWriter> offline = OfflineWriter.of(arguments, authorities);
        if (offline.isPresent()) {
            OfflineToken prepared = authorities.prepare(
                    arguments.parse("--name", TokenName::new).orElse(TokenName.OPERATOR),
                    NewTokenOptions.lifetime(arguments),
                    NewTokenOptions.description(arguments));
            offline.get().write(prepared);
            String saved =
                    "Token saved to: " + TerminalText.of(offline.get().file().toString()) + "\n";
            (listing == IssuedTokenFormat.TEXT ? environment.out() : environment.err()).print(saved);
            return new ShownOnce(arguments)
                    .print(
                            listing.of(prepared, environment),
                            "The token could not be printed, but it is in the output file\n");
        }
        Function<ActorAccess, IssuedToken> question = question(arguments);
        Location location = Location.of(arguments);
        Optional<Credential> credential = Credential.of(arguments);
        if (arguments.has("--regenerate")) {
            location = location.existing();
            if (!Confirmation.isGivenByAnyInput(
                    arguments,
                    failure() + "Cannot regenerate token without confirmation",
                    "The current secret of the operator token will no longer be valid\n",
                    "Are you sure you want to regenerate admin token? Enter 'yes' to confirm")) {
                return ExitCode.FAILED;
            }
        }
        IssuedToken issued = authorities.ask(location, credential, WaitOption.applied(arguments, question));
        int code = new ShownOnce(arguments).print(listing.of(issued, environment), issued.name());
        environment
                .err()
                .print(NewTokenOptions.hint(arguments, authorities.clock().instant()));
        return code;
    }

    private Function<ActorAccess, IssuedToken> question(Arguments arguments) {
        if (arguments.has("--name")) {
            NewToken token = NewTokenOptions.of(arguments, authorities.clock().instant());
            return access -> access.tokens().create(token);
        }
        return arguments.has("--regenerate")
                ? access -> access.tokens().regenerateOperator()
                : access -> access.tokens().createOperator();
    }
}
