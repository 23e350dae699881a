package io.latchkey.cli;

import io.latchkey.application.Run;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code delete token}: the end of a named token. */
record DeleteToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(this, "token", "Delete a named token; from then on its secret opens nothing.")
                .addOption(Syntax.value("<NAME>", "Name of the token to delete", "--token-name"))
                .addOption(Syntax.flag("Do not ask before deleting", "-y", "--yes"))
                .addOption(Syntax.flag("Delete nothing; tell whose the token is", "--dry-run"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey delete token --token-name backup",
                "  latchkey delete token --token-name backup --yes --host http://127.0.0.1:8181 --token @FILE");
    }

    @Override
    public String failure() {
        return "Delete command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TokenName name = arguments.required("--token-name", TokenName::new);
        Location location = Location.of(arguments).existing();
        Optional<Credential> credential = Credential.of(arguments);
        ResultFormat format = ResultFormat.of(arguments);
        if (arguments.has("--dry-run")) {
            TokenPortrait portrait =
                    authorities.ask(location, credential, administration -> TokenPortrait.of(administration, name));
            Instant now = authorities.clock().instant();
            format.print(
                    arguments.environment(),
                    () -> portrait.text("Token " + Text.quoted(name.value()) + " would be deleted", now),
                    () -> deleted(Run.DRY, portrait.json(now)));
            return ExitCode.OK;
        }
        // To ask for the operator token is refused by the authority in any case, so it needs no confirmation.
        if (!name.equals(TokenName.OPERATOR)
                && !Confirmation.isGivenByAnyInput(
                        arguments,
                        Confirmation.refused(failure()),
                        "Its secret opens nothing from then on, and cannot be had back\n",
                        Confirmation.question("delete " + Text.quoted(name.value())))) {
            return ExitCode.FAILED;
        }
        try {
            String told = authorities.ask(location, credential, administration -> switch (format) {
                case TEXT -> {
                    administration.revoke(name, Precondition.NONE);
                    yield "Token " + Text.quoted(name.value()) + " deleted successfully\n";
                }
                case JSON -> {
                    Token token = administration.find(name);
                    // What is told is what was deleted, or nothing is deleted.
                    administration.revoke(name, new Precondition(List.of(token.version())));
                    yield deleted(
                                    Run.REAL,
                                    JsonToken.of(token, authorities.clock().instant()))
                            .line();
                }
            });
            arguments.environment().out().print(told);
            return ExitCode.OK;
        } catch (TokenFailure.OperatorUndeletable e) {
            arguments.environment().err().print("""
                    The operator token "_admin" is required and cannot be deleted. To regenerate an operator token, \
                    use: latchkey create token --admin --regenerate --token [TOKEN]
                    """);
            return ExitCode.FAILED;
        }
    }

    private static JsonObject deleted(Run run, JsonObject token) {
        return new JsonObject().with("dry_run", run == Run.DRY).with("deleted", Stream.of(token));
    }
}
