package io.latchkey.cli;

import io.latchkey.application.SystemQuery;
import picocli.CommandLine.Model.CommandSpec;

/** {@code show tokens}: every token, its secret excepted. */
record ShowTokens(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = TableOutput.addTo(
                Syntax.command(this, "tokens", "List all tokens, expired ones included; never their secrets."));
        Syntax.addAuthority(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey show tokens",
                "  latchkey show tokens --format csv --output tokens.csv",
                "  latchkey show tokens --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        return TableOutput.answer(authorities, arguments, SystemQuery.ALL_TOKENS);
    }
}
