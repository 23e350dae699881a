package io.latchkey.cli.token;

import io.latchkey.application.table.SystemQuery;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.TableOutput;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code query}: runs an SQL query on the table of tokens. */
public record Query(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = TableOutput.addTo(
                CommandSpecs.command(this, "query", "Query tokens in SQL; the table is system.tokens.")
                        .addPositional(PositionalParamSpec.builder()
                                .index("0")
                                .arity("0..1")
                                .type(String.class)
                                .paramLabel("<SQL>")
                                .description("One statement that begins with SELECT or WITH")
                                .build())
                        .addOption(CommandSpecs.value(
                                "<NAME>", "Database (default: _internal, the only one)", "-d", "--database")));
        AuthorityOptions.addTo(spec, "tokens:NAME:read, and sees no other tokens");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey query \"SELECT name FROM system.tokens WHERE expiry < now() + INTERVAL '7 days'\"",
                "  latchkey query --database _internal \"SELECT count(*) FROM system.tokens\" --format json");
    }

    @Override
    public String failure() {
        return "Query command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Optional<String> sql = Optional.ofNullable(arguments.parsed().matchedPositionalValue(0, null));
        return TableOutput.answer(
                authorities,
                arguments,
                new SystemQuery(
                        arguments.value("--database").orElse(SystemQuery.DATABASE),
                        sql.orElseThrow(
                                () -> arguments.refused("the following required arguments were not provided: <SQL>"))));
    }
}
