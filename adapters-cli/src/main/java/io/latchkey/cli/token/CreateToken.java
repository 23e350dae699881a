package io.latchkey.cli.token;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.IssuedToken;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ShownOnce;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code create token --admin}: creates the operator token or a named token, or regenerates the operator token. */
public record CreateToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this, "token", "Create a new auth token, or regenerate the operator token.")
                .addOption(CommandSpecs.flag("Create an admin token (required; there is no other kind)", "--admin"))
                .addOption(CommandSpecs.value(
                        "<NAME>", "Name of the new token; without it, the operator token is created", "--name"))
                .addOption(CommandSpecs.value(
                        "<DURATION>",
                        "Lifetime of the named token, such as 10d or 1h30m, or its end, such as 2030-01-31"
                                + " (0:00 UTC) or 2030-01-31T12:00:00Z; default: never",
                        "--expiry"))
                .addOption(CommandSpecs.value("<TEXT>", "Description of the named token", "--description"))
                .addOption(CommandSpecs.flag(
                        "Give the operator token a new secret; the old one is no longer valid", "--regenerate"))
                .addOption(CommandSpecs.flag("Do not ask for confirmation", "-y", "--yes"))
                .addOption(CommandSpecs.flag(
                        "Write the token to a file for `serve --admin-token-file`, without an authority", "--offline"))
                .addOption(CommandSpecs.value("<FILE>", "File for the token of --offline", "--output-file"))
                .addOption(OutputFile.force())
                .addOption(CommandSpecs.choice(
                        IssuedTokenFormat.class, "<FORMAT>", "text, json, or token for the bare token", "--format"));
        AuthorityOptions.addTo(spec);
        spec.usageMessage().abbreviateSynopsis(false).customSynopsis("latchkey create token --admin [OPTIONS]");
        return CommandSpecs.withExamplesInColour(
                spec,
                "  latchkey create token --admin",
                "  latchkey create token --admin --name backup --expiry 90d --description \"nightly backup\"",
                "  latchkey create token --admin --name ci --format token > ci.token",
                "  latchkey create token --admin --regenerate",
                "  latchkey create token --admin --offline --output-file operator.json",
                "  latchkey create token --admin --name ci --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Failed to create token, error: ";
    }

    @Override
    public int run(Arguments arguments) {
        checkCombination(arguments);
        IssuedTokenFormat listing = arguments.choice("--format", IssuedTokenFormat.TEXT);
        Environment environment = arguments.environment();
        Optional<TokenFileWriter> offline = TokenFileWriter.of(arguments, authorities);
        if (offline.isPresent()) {
            OfflineToken prepared = authorities.prepare(
                    arguments.parse("--name", TokenName::new).orElse(TokenName.OPERATOR),
                    lifetime(arguments),
                    description(arguments));
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
        IssuedToken issued = authorities.ask(location, credential, question);
        return new ShownOnce(arguments).print(listing.of(issued, environment), issued.name());
    }

    private static void checkCombination(Arguments arguments) {
        if (!arguments.has("--admin")) {
            throw arguments.refused("Missing required subcommand. Use: latchkey create token --admin [OPTIONS]");
        }
        if (arguments.has("--regenerate") && arguments.has("--name")) {
            throw arguments.refused(
                    "--regenerate cannot be used with --name, --regenerate only applies for operator token");
        }
        for (String option : new String[] {"--expiry", "--description"}) {
            if (arguments.has(option) && !arguments.has("--name")) {
                throw arguments.refused(option + " needs --name: the operator token has no such property");
            }
        }
    }

    private static Function<ActorAccess, IssuedToken> question(Arguments arguments) {
        Optional<TokenName> name = arguments.parse("--name", TokenName::new);
        Lifetime lifetime = lifetime(arguments);
        Description description = description(arguments);
        if (name.isPresent()) {
            return access -> access.tokens().createNamed(name.get(), lifetime, description);
        }
        return arguments.has("--regenerate")
                ? access -> access.tokens().regenerateOperator()
                : access -> access.tokens().createOperator();
    }

    private static Lifetime lifetime(Arguments arguments) {
        return arguments.parse("--expiry", Lifetime::parse).orElse(Lifetime.UNLIMITED);
    }

    private static Description description(Arguments arguments) {
        return arguments.parse("--description", Description::new).orElse(Description.NONE);
    }
}
