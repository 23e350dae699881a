package io.latchkey.cli;

import io.latchkey.application.TokenAdministration;
import io.latchkey.domain.Token;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code show tokens}: every token, its secret excepted. */
record ShowTokens(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this, "tokens", "List all tokens, expired ones included; never their secrets.")
                .addOption(Syntax.value("<FORMAT>", "pretty, json, jsonl or csv", "--format"));
        Syntax.addAuthority(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey show tokens",
                "  latchkey show tokens --format csv > tokens.csv",
                "  latchkey show tokens --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TokenListing listing = arguments.choice("--format", TokenListing.PRETTY);
        Location location = Location.of(arguments).existing();
        List<Token> tokens = authorities.ask(location, Credential.of(arguments), TokenAdministration::list);
        arguments.environment().out().print(listing.of(tokens));
        return Main.DONE;
    }
}
