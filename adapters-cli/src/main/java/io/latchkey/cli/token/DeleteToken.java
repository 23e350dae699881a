package io.latchkey.cli.token;

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
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code delete token}: deletes a named token. */
public record DeleteToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, "token", "Delete a named token; its secret is no longer valid.")
                .addOption(CommandSpecs.value("<NAME>", "Name of the token to delete", "--token-name"))
                .addOption(CommandSpecs.flag("Do not ask for confirmation", "-y", "--yes"))
                .addOption(CommandSpecs.flag("Delete nothing; show the token", "--dry-run"))
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:delete");
        return CommandSpecs.withExamples(
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
            TokenDetails details = authorities.ask(location, credential, access -> TokenDetails.of(access, name));
            Instant now = authorities.clock().instant();
            format.print(
                    arguments.environment(),
                    () -> details.text("Token " + Quoted.quoted(name.value()) + " would be deleted", now),
                    () -> deleted(DryRun.YES, details.json(now)));
            return ExitCode.OK;
        }
        // The authority refuses to delete the operator token, so no confirmation is needed.
        if (!name.equals(TokenName.OPERATOR)
                && !Confirmation.isGivenByAnyInput(
                        arguments,
                        Confirmation.refused(failure()),
                        "Its secret will no longer be valid, and this cannot be undone\n",
                        Confirmation.question("delete " + Quoted.quoted(name.value())))) {
            return ExitCode.FAILED;
        }
        try {
            String result =
                    authorities.ask(location, credential, WaitOption.applied(arguments, access -> switch (format) {
                        case TEXT -> {
                            access.tokens().revoke(name, Precondition.NONE);
                            yield "Token " + Quoted.quoted(name.value()) + " deleted successfully\n";
                        }
                        case JSON -> {
                            Token token = access.tokens().find(name);
                            // Deletes exactly the version that is printed, or nothing.
                            access.tokens().revoke(name, new Precondition(List.of(token.version())));
                            yield deleted(
                                            DryRun.NO,
                                            TokenObject.of(
                                                    token, authorities.clock().instant()))
                                    .line();
                        }
                    }));
            arguments.environment().out().print(result);
            return ExitCode.OK;
        } catch (TokenFailure.OperatorCannotBeDeleted e) {
            arguments.environment().err().print("""
                    The operator token "_admin" is required and cannot be deleted. To regenerate an operator token, \
                    use: latchkey create token --admin --regenerate --token [TOKEN]
                    """);
            return ExitCode.FAILED;
        }
    }

    private static JsonObject deleted(DryRun run, JsonObject token) {
        return new JsonObject().with("dry_run", run == DryRun.YES).with("deleted", Stream.of(token));
    }
}
