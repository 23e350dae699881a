package io.latchkey.cli;

import io.latchkey.application.SystemQuery;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code query}: what a statement in SQL finds in the table of tokens. */
record Query(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = TableOutput.addTo(Syntax.command(
                        this, "query", "Ask in SQL about tokens; the table is system.tokens.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel("<SQL>")
                        .description("One statement that begins with SELECT or WITH")
                        .build())
                .addOption(Syntax.value("<NAME>", "Database (default: _internal, the only one)", "-d", "--database")));
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
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
