package io.latchkey.cli.token;

import io.latchkey.application.LabelMatch;
import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenFilter;
import io.latchkey.application.TokenQuery;
import io.latchkey.application.TokenSummary;
import io.latchkey.application.TokenTraits;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.authority.TableOutput;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.NamePattern;
import io.latchkey.domain.Owner;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;

/** {@code show tokens}: lists all tokens, or a selection of them with their use. */
public record ShowTokens(Authorities authorities) implements Command {
    private static final List<String> REVIEWING = List.of(
            "--usage", "--name", "--unused-for", "--expiring-within", "--state", "--kind", "--owner", "--label");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "tokens",
                        "List all tokens, including expired ones, without their secrets: state, kind, permissions and use."
                                + " On a terminal,"
                                + " times are relative to now and the list fits the width; with --format, in a file and"
                                + " in a pipe, all values are exact.")
                .addOption(CommandSpecs.flag(
                        "Add when, from where and how often each token was used, also on the last " + TokenFilter.DAYS
                                + " days: on a terminal with UTF-8 as a bar for each day, otherwise as a number",
                        "--usage"))
                .addOption(CommandSpecs.value(
                        "<PATTERN>", "Only tokens whose name matches, such as 'ci-*'; implies --usage", "--name"))
                .addOption(CommandSpecs.value(
                        "<TIME>",
                        "Only tokens that were not used for this time, such as 90d; implies --usage",
                        "--unused-for"))
                .addOption(CommandSpecs.value(
                        "<TIME>",
                        "Only tokens that expire within this time, such as 14d; implies --usage",
                        "--expiring-within"))
                .addOption(CommandSpecs.choice(
                        TokenState.class,
                        "<STATE>",
                        "Only tokens in this state: active, pending (not valid yet), expired or disabled; implies --usage",
                        "--state"))
                .addOption(CommandSpecs.choice(
                        TokenKind.class,
                        "<KIND>",
                        "Only tokens of this kind: operator, admin or resource; implies --usage",
                        "--kind"))
                .addOption(CommandSpecs.value("<TEXT>", "Only tokens of this owner; implies --usage", "--owner"))
                .addOption(CommandSpecs.values(
                        "<KEY=VALUE>",
                        "Only tokens with this label, or with KEY alone; may be repeated, then all are required;"
                                + " implies --usage",
                        "--label"));
        TableOutput.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:read, and sees no other tokens");
        return CommandSpecs.withExamplesOnScreen(
                spec,
                "  latchkey show tokens",
                "  latchkey show tokens --unused-for 90d",
                "  latchkey show tokens --kind resource --label env=prod",
                "  latchkey show tokens --format csv --output tokens.csv",
                "  latchkey show tokens --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        if (REVIEWING.stream().anyMatch(arguments::has)) {
            return review(arguments);
        }
        return TableOutput.isForTerminal(arguments)
                ? look(arguments)
                : TableOutput.answer(authorities, arguments, SystemQuery.ALL_TOKENS);
    }

    private int look(Arguments arguments) {
        Location location = Location.of(arguments).existing();
        List<TokenSummary> tokens = authorities.ask(
                location, Credential.of(arguments), access -> access.tokens().summaries());
        return TableOutput.put(
                Optional.empty(),
                arguments,
                new TokenListing(tokens, authorities.clock().instant()).of(arguments.environment()));
    }

    private int review(Arguments arguments) {
        TokenQuery query = TokenQuery.of(
                        arguments.parse("--name", NamePattern::parse),
                        new TokenFilter(
                                arguments.parse("--unused-for", HumanDuration::parse),
                                arguments.parse("--expiring-within", HumanDuration::parse),
                                arguments.given("--state").map(given -> arguments.choice(given, TokenState.class)),
                                new TokenTraits(
                                        arguments
                                                .given("--kind")
                                                .map(given -> arguments.choice(given, TokenKind.class)),
                                        arguments.parse("--owner", Owner::new),
                                        arguments.values("--label").stream()
                                                .map(text -> arguments.parse(
                                                        new Arguments.Given(text, "--label"), LabelMatch::parse))
                                                .toList())))
                .withDays(TokenFilter.DAYS);
        TableFormat format = arguments.choice("--format", TableFormat.PRETTY);
        Optional<OutputFile> file = TableOutput.file(authorities, arguments);
        Location location = Location.of(arguments).existing();
        return authorities.ask(location, Credential.of(arguments), access -> {
            Iterable<ListedToken> tokens = access.tokens().all(query);
            Instant now = authorities.clock().instant();
            return TableOutput.isForTerminal(arguments)
                    ? TableOutput.put(
                            file,
                            arguments,
                            new TokenListing(summaries(tokens), now).withUsage(arguments.environment()))
                    : TableOutput.put(file, arguments, format.pieces(TokenFilter.table(tokens, now)));
        });
    }

    private static List<TokenSummary> summaries(Iterable<ListedToken> tokens) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .map(TokenSummary::of)
                .toList();
    }
}
