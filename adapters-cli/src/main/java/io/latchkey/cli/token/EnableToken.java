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
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;

/** {@code enable token}: enables a disabled token. */
public record EnableToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(this, "token", "Enable a disabled token.")
                .addOption(CommandSpecs.value("<NAME>", "Name of the token to enable", "--token-name"))
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:disable");
        return CommandSpecs.withExamples(spec, "  latchkey enable token --token-name backup");
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
                WaitOption.applied(arguments, access -> access.tokens().enable(name, Precondition.NONE)));
        Instant now = authorities.clock().instant();
        format.print(
                arguments.environment(),
                () -> "Token " + Quoted.quoted(name.value()) + " enabled successfully\n"
                        + RotatedTokenFormat.impediment(token, now)
                                .map(why -> why + "\n")
                                .orElse(""),
                () -> TokenObject.of(token, now));
        return ExitCode.OK;
    }
}
