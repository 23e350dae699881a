package io.latchkey.cli.ledger;

import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.LedgerTable;
import io.latchkey.application.table.Table;
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
import io.latchkey.cli.terminal.TerminalTable;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.RelativeTime;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code show ledger}: lists changes of tokens with their time and actor. */
public record ShowLedger(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "ledger",
                        "List all changes of tokens; json, jsonl and csv contain more details. On a"
                                + " terminal, times are relative to now and the list fits the width.")
                .addOption(CommandSpecs.value(
                        "<NAME>", "Only changes of the token that has or had this name", "--token-name"))
                .addOption(CommandSpecs.value(
                        "<TIME>", "Only changes since this time, such as 7d (ago) or 2030-01-31T12:00:00Z", "--since"))
                .addOption(CommandSpecs.value(
                        "<TIME>", "Only changes before this time, such as 1d (ago) or 2030-01-31T12:00:00Z", "--until"))
                .addOption(OptionSpec.builder(CommandSpecs.values(
                                "<KIND>",
                                "Only changes of this kind, such as issued, rotated or revoked; may be repeated",
                                "--kind"))
                        .completionCandidates(() -> LedgerRecord.kinds().iterator())
                        .build())
                .addOption(CommandSpecs.value(
                        "<ACTOR>",
                        "Only changes by this actor: owner (anybody who can write the database file),"
                                + " owner:USER, bootstrap, recovery, finder (of a leaked secret), presenter (of a"
                                + " retired secret), or the name of a token; holder:NAME if a token has one of those"
                                + " names",
                        "--actor"));
        TableOutput.addTo(spec);
        AuthorityOptions.addTo(spec, "ledger:NAME:read, and sees no other tokens");
        return CommandSpecs.withExamplesOnScreen(
                spec,
                "  latchkey show ledger --since 24h",
                "  latchkey show ledger --token-name ci --actor _admin",
                "  latchkey show ledger --kind revoked --kind disabled --since 30d --until 7d",
                "  latchkey show ledger --format jsonl --output ledger.jsonl --host URL --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TableFormat format = arguments.choice("--format", TableFormat.PRETTY);
        LedgerQuery query = new LedgerQuery(
                0,
                LedgerQuery.MOST,
                arguments.parse("--token-name", TokenName::new),
                arguments.parse("--since", this::time),
                arguments.parse("--until", this::time),
                arguments.value("--actor"),
                Optional.empty(),
                Set.copyOf(arguments.values("--kind")));
        Optional<OutputFile> file = TableOutput.file(authorities, arguments);
        Location location = Location.of(arguments).existing();
        List<LedgerRecord> lines = authorities.ask(
                location, Credential.of(arguments), access -> access.ledger().all(query));
        if (TableOutput.isForTerminal(arguments)) {
            return TableOutput.put(file, arguments, onScreen(lines).on(arguments.environment()));
        }
        Table table = switch (format) {
            case PRETTY -> LedgerTable.brief(lines);
            case JSON, JSONL, CSV -> LedgerTable.full(lines);
        };
        return TableOutput.put(file, arguments, format.write(table));
    }

    private TerminalTable onScreen(List<LedgerRecord> lines) {
        Instant now = authorities.clock().instant();
        return new TerminalTable()
                .with("token", texts(lines, line -> line.token().name().value()))
                .with("what", texts(lines, LedgerRecord::kind))
                .with("when", texts(lines, line -> RelativeTime.of(line.at(), now)))
                .with("by", texts(lines, line -> line.by().displayName()))
                .withProse("changes", texts(lines, LedgerTable::changes));
    }

    private static List<TerminalTable.Cell> texts(List<LedgerRecord> lines, Function<LedgerRecord, String> text) {
        return lines.stream().map(text).map(TerminalTable.Cell::of).toList();
    }

    private Instant time(String text) {
        return HumanMoment.timestamp(text).orElseGet(() -> {
            try {
                return authorities.clock().instant().minus(HumanDuration.parse(text));
            } catch (TokenFailure.Invalid | DateTimeException | ArithmeticException _) {
                throw new TokenFailure.Invalid(
                        "moment", "expected a timestamp like 2030-01-31T12:00:00Z, or a duration before now like 7d");
            }
        });
    }
}
