package io.latchkey.cli;

import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code update token}: other properties for a named token, which keeps its secret. */
record UpdateToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this, "token", "Rename, describe, extend or shorten a named token; its secret stays the same.")
                .addOption(Syntax.value("<NAME>", "Name of the token to update", "--token-name"))
                .addOption(Syntax.value("<NAME>", "Its new name", "--name"))
                .addOption(Syntax.value("<TEXT>", "What it is for; \"\" for nothing", "--description"))
                .addOption(Syntax.value(
                        "<DURATION>",
                        "How long it lives from now, such as 90d, or until when, such as 2030-01-31 (its first moment,"
                                + " UTC) or 2030-01-31T12:00:00Z; never for no end",
                        "--expiry"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey update token --token-name backup --expiry 90d",
                "  latchkey update token --token-name backup --name nightly --description \"nightly backup\"",
                "  latchkey update token --token-name nightly --expiry never");
    }

    @Override
    public String failure() {
        return "Update command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        TokenName name = arguments.required("--token-name", TokenName::new);
        TokenEdit edit = edit(arguments);
        Location location = Location.of(arguments).existing();
        Token token = authorities.ask(
                location,
                Credential.of(arguments),
                administration -> administration.edit(name, edit, Precondition.NONE));
        Instant now = authorities.clock().instant();
        format.print(
                arguments.environment(),
                () -> "Token " + Text.quoted(name.value()) + " updated successfully\n"
                        + TokenTable.of(List.of(token), now),
                () -> JsonToken.of(token, now));
        return ExitCode.OK;
    }

    private static TokenEdit edit(Arguments arguments) {
        Optional<TokenName> name = arguments.parse("--name", TokenName::new);
        Optional<Description> description = arguments.parse("--description", Description::new);
        Optional<Lifetime> lifetime = arguments.parse("--expiry", Lifetime::parse);
        try {
            return new TokenEdit(name, description, lifetime);
        } catch (TokenFailure.Invalid e) {
            throw arguments.refused(e.sentence());
        }
    }
}
