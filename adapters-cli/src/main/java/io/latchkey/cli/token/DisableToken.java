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
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenName;
import picocli.CommandLine.Model.CommandSpec;

/** {@code disable token}: suspends a named token. */
public record DisableToken(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this, "token", "Suspend a named token until it is enabled again; its secret stays the same.")
                .addOption(CommandSpecs.value("<NAME>", "Name of the token to disable", "--token-name"))
                .addOption(CommandSpecs.value("<TEXT>", "Reason, kept in the ledger", "--reason"))
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:disable");
        return CommandSpecs.withExamples(
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
                WaitOption.applied(arguments, access -> access.tokens().disable(name, reason, Precondition.NONE)));
        format.print(
                arguments.environment(),
                () -> "Token " + Quoted.quoted(name.value()) + " disabled successfully\n",
                () -> TokenObject.of(token, authorities.clock().instant()));
        return ExitCode.OK;
    }
}
