package io.latchkey.cli;

import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import picocli.CommandLine.Model.CommandSpec;

/** {@code disable token}: a named token opens nothing for now. */
record DisableToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this, "token", "Let a named token open nothing until it is enabled again; its secret stays.")
                .addOption(Syntax.value("<NAME>", "Name of the token to disable", "--token-name"))
                .addOption(Syntax.value("<TEXT>", "Why, for whoever wonders", "--reason"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey disable token --token-name backup --reason \"seen in a log, to be rotated\"",
                "  latchkey enable token --token-name backup");
    }

    @Override
    public String failure() {
        return "Disable command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        TokenName name = arguments.required("--token-name", TokenName::new);
        Reason reason = arguments.parse("--reason", Reason::new).orElse(Reason.NONE);
        Token token = authorities.ask(
                Location.of(arguments).existing(),
                Credential.of(arguments),
                administration -> administration.disable(name, reason, Precondition.NONE));
        format.print(
                arguments.environment(),
                () -> "Token " + Text.quoted(name.value()) + " disabled successfully\n",
                () -> JsonToken.of(token, authorities.clock().instant()));
        return ExitCode.OK;
    }
}
