package io.latchkey.cli;

import io.latchkey.application.TokenReview;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code check tokens}: whether any will expire before somebody looks again. */
record CheckTokens(Authorities authorities) implements Command {
    private static final String WITHIN = "--expiring-within";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                        this,
                        "tokens",
                        "Look for tokens that expire soon. Names them, and then exits with 3: for cron and CI.")
                .addOption(Syntax.value("<TIME>", "How soon, such as 14d", WITHIN));
        Syntax.addAuthority(spec);
        return Syntax.withExamples(
                spec,
                "  latchkey check tokens --expiring-within 14d",
                "  latchkey check tokens --expiring-within 14d --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Check command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Duration within = arguments.required(WITHIN, HumanDuration::parse);
        TokenReview review = new TokenReview(Optional.empty(), Optional.of(within), Optional.empty());
        Location location = Location.of(arguments).existing();
        Instant now = authorities.clock().instant();
        List<Token> expiring = review.of(
                authorities.ask(location, Credential.of(arguments), administration -> administration.list()),
                List.of(),
                now);
        for (Token token : expiring) {
            arguments
                    .environment()
                    .out()
                    .print("Token " + Text.quoted(token.name().value()) + " expires at "
                            + token.expiry().end().orElseThrow() + "\n");
        }
        return expiring.isEmpty() ? Main.DONE : Main.FOUND;
    }
}
