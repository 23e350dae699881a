package io.latchkey.cli.token;

import io.latchkey.application.usage.UsePeriod;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code show token}: shows everything about one token. */
public record ShowToken(Authorities authorities) implements Command {
    /** The output format. */
    private enum Format {
        PRETTY,
        JSON
    }

    /** What is shown; the usage only if it is asked for. */
    private record Shown(TokenDetails details, Optional<TokenUsage> usage) {
        JsonObject json(Instant now) {
            JsonObject json = details.json(now);
            return usage.map(present -> json.withJson("uses", present.json().text()))
                    .orElse(json);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "token",
                        "Show everything about one token, except its secret: state, permissions, expiry, last use of each"
                                + " secret, and history.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel("<NAME>")
                        .description("Name of the token; _admin for the operator token")
                        .build())
                .addOption(CommandSpecs.value("<NAME>", "Same as <NAME>, as in other commands", "--token-name"))
                .addOption(CommandSpecs.choice(
                        Format.class,
                        "<FORMAT>",
                        "pretty, or json: the object of GET /api/v1/tokens/NAME, with the history",
                        "--format"));
        spec.addOption(CommandSpecs.flag(
                "Add its uses and refusals: the last 30 days and 48 hours, or with json every day of the last "
                        + UsePeriod.DAY.kept() + " and every hour of the last " + UsePeriod.HOUR.kept() + ", in UTC",
                "--usage"));
        AuthorityOptions.addTo(spec, "tokens:NAME:read, and ledger:NAME:read for the history");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey show token backup",
                "  latchkey show token backup --usage",
                "  latchkey show token backup --format json",
                "  latchkey show token backup --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TokenName name = name(arguments);
        Format format = arguments.choice("--format", Format.PRETTY);
        Location location = Location.of(arguments).existing();
        boolean withUsage = arguments.has("--usage");
        Shown shown = authorities.ask(
                location,
                Credential.of(arguments),
                access -> new Shown(
                        TokenDetails.of(access, name),
                        withUsage ? Optional.of(new TokenUsage(access.tokens().useHistory(name))) : Optional.empty()));
        Instant now = authorities.clock().instant();
        arguments
                .environment()
                .out()
                .print(
                        switch (format) {
                            case PRETTY ->
                                shown.details().text("Token " + Quoted.quoted(name.value()), now)
                                        + shown.usage()
                                                .map(usage -> usage.text(arguments.environment()))
                                                .orElse("");
                            case JSON -> shown.json(now).line();
                        });
        return ExitCode.OK;
    }

    private static TokenName name(Arguments arguments) {
        Optional<String> word = Optional.ofNullable(arguments.parsed().matchedPositionalValue(0, null));
        if (word.isEmpty()) {
            return arguments
                    .parse("--token-name", TokenName::new)
                    .orElseThrow(() -> arguments.refused("the following required arguments were not provided: <NAME>"));
        }
        if (arguments.has("--token-name")) {
            throw arguments.refused("<NAME> cannot be used with --token-name: both name the token");
        }
        return arguments.parse(new Arguments.Given(word.get(), "<NAME>"), TokenName::new);
    }
}
