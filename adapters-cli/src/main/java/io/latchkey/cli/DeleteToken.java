package io.latchkey.cli;

import io.latchkey.domain.Precondition;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code delete token}: the end of a named token. */
record DeleteToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(this, "token", "Delete a named token; from then on its secret opens nothing.")
                .addOption(Syntax.value("<NAME>", "Name of the token to delete", "--token-name"))
                .addOption(Syntax.flag("Do not ask before deleting", "-y", "--yes"))
                .addOption(Syntax.flag("Delete nothing; tell whose the token is", "--dry-run"));
        Syntax.addAuthority(spec);
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
        Environment environment = arguments.environment();
        if (arguments.has("--dry-run")) {
            TokenPortrait portrait =
                    authorities.ask(location, credential, administration -> TokenPortrait.of(administration, name));
            environment
                    .out()
                    .print(portrait.text(
                            "Token " + Text.quoted(name.value()) + " would be deleted",
                            authorities.clock().instant()));
            return Main.DONE;
        }
        // To ask for the operator token is refused by the authority in any case, so it needs no confirmation.
        if (!name.equals(TokenName.OPERATOR)
                && !Confirmation.isGivenByAnyInput(
                        arguments,
                        Confirmation.refused(failure()),
                        "Its secret opens nothing from then on, and cannot be had back\n",
                        Confirmation.question("delete " + Text.quoted(name.value())))) {
            return Main.FAILED;
        }
        try {
            authorities.ask(location, credential, administration -> {
                administration.revoke(name, Precondition.NONE);
                return name;
            });
        } catch (TokenFailure.OperatorUndeletable e) {
            environment.err().print("""
                    The operator token "_admin" is required and cannot be deleted. To regenerate an operator token, \
                    use: latchkey create token --admin --regenerate --token [TOKEN]
                    """);
            return Main.FAILED;
        }
        environment.out().print("Token " + Text.quoted(name.value()) + " deleted successfully\n");
        return Main.DONE;
    }
}
