package io.latchkey.cli;

import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;

/** {@code enable token}: a disabled token opens again what it opened. */
record EnableToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(this, "token", "Let a disabled token open again what it opened.")
                .addOption(Syntax.value("<NAME>", "Name of the token to enable", "--token-name"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(spec, "  latchkey enable token --token-name backup");
    }

    @Override
    public String failure() {
        return "Enable command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        TokenName name = arguments.required("--token-name", TokenName::new);
        Token token = authorities.ask(
                Location.of(arguments).existing(),
                Credential.of(arguments),
                administration -> administration.enable(name, Precondition.NONE));
        Instant now = authorities.clock().instant();
        format.print(
                arguments.environment(),
                () -> "Token " + Text.quoted(name.value()) + " enabled successfully\n"
                        + RotatedListing.impediment(token, now)
                                .map(why -> why + "\n")
                                .orElse(""),
                () -> JsonToken.of(token, now));
        return ExitCode.OK;
    }
}
