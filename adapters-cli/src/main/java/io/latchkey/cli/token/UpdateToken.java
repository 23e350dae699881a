package io.latchkey.cli.token;

import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.WaitOption;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code update token}: changes the properties of a named token. */
public record UpdateToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "token",
                        "Rename, describe, extend or shorten a named token, or change what it may do, where and when;"
                                + " its secret stays the same. Permissions, networks and labels replace all that the"
                                + " token has.")
                .addOption(CommandSpecs.value("<NAME>", "Name of the token to update", "--token-name"))
                .addOption(CommandSpecs.value("<NAME>", "New name", "--name"))
                .addOption(CommandSpecs.value("<TEXT>", "New description; \"\" for none", "--description"))
                .addOption(CommandSpecs.value(
                        "<DURATION>",
                        "Lifetime from now, such as 90d, or the end, such as 2030-01-31 (0:00 UTC) or"
                                + " 2030-01-31T12:00:00Z, or never",
                        "--expiry"))
                .addOption(CommandSpecs.values(
                        "<PERMISSION>",
                        "What the token may do: TYPE:NAMES:ACTIONS, such as grafana:prod:read; may be repeated. An admin"
                                + " token becomes a resource token, and can never become an admin token again",
                        AttributeOptions.PERMISSION))
                .addOption(CommandSpecs.flag(
                        "Remove all permissions: the token may do nothing but show itself. An admin token becomes a"
                                + " resource token, too",
                        AttributeOptions.NO_PERMISSIONS));
        AttributeOptions.addTo(spec);
        spec.addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:update, also for a new name");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey update token --token-name backup --expiry 90d",
                "  latchkey update token --token-name backup --name nightly --description \"nightly backup\"",
                "  latchkey update token --token-name nightly --expiry never",
                "  latchkey update token --token-name ci --permission \"tokens:ci-*:rotate\" --from 10.0.0.0/8",
                "  latchkey update token --token-name tv --route \"GET,HEAD tv.example.org/d/**\" --route \"* tv.example.org/ws\"",
                "  latchkey update token --token-name ci --from anywhere --not-before none --owner \"\" --label \"\"");
    }

    @Override
    public String failure() {
        return "Update command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        TokenName name = arguments.required("--token-name", TokenName::new);
        Instant now = authorities.clock().instant();
        TokenEdit edit = edit(arguments, now);
        Location location = Location.of(arguments).existing();
        UpdatedToken updated = authorities.ask(
                location,
                Credential.of(arguments),
                WaitOption.applied(arguments, access -> UpdatedToken.by(access.tokens(), name, edit)));
        Token token = updated.token();
        format.print(
                arguments.environment(),
                () -> "Token " + Quoted.quoted(name.value()) + " updated successfully\n"
                        + ChangedTokensTable.of(List.of(token), now),
                () -> TokenObject.of(token, now));
        arguments.environment().err().print(updated.hints(edit));
        return ExitCode.OK;
    }

    private static TokenEdit edit(Arguments arguments, Instant now) {
        Optional<TokenName> name = arguments.parse("--name", TokenName::new);
        Optional<Description> description = arguments.parse("--description", Description::new);
        Optional<Lifetime> lifetime = arguments.parse("--expiry", Lifetime::parse);
        AttributesEdit attributes = AttributeOptions.of(arguments, now);
        try {
            return new TokenEdit(name, description, lifetime, attributes);
        } catch (TokenFailure.Invalid e) {
            throw arguments.refused(e.sentence());
        }
    }
}
