package io.latchkey.cli.ledger;

import io.latchkey.application.node.Node;
import io.latchkey.application.table.NodesTable;
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
import io.latchkey.domain.RelativeTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code show nodes}: lists the servers on one PostgreSQL database. */
public record ShowNodes(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                this,
                "nodes",
                "List the servers on one PostgreSQL database, and which changes each has applied. A server without"
                        + " heartbeats for 2 s is unseen and gives no verdicts; it is forgotten after an hour. A server"
                        + " on a file has no nodes.");
        TableOutput.addTo(spec);
        AuthorityOptions.addTo(spec, "ledger:*:read");
        return CommandSpecs.withExamplesOnScreen(
                spec,
                "  latchkey show nodes --db postgresql://latchkey@db.example.com/latchkey",
                "  latchkey show nodes --format json --host https://tokens.example.com --token @operator.token");
    }

    @Override
    public String failure() {
        return "Show command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        TableFormat format = arguments.choice("--format", TableFormat.PRETTY);
        Optional<OutputFile> file = TableOutput.file(authorities, arguments);
        List<Node> nodes = authorities.ask(
                Location.of(arguments).existing(),
                Credential.of(arguments),
                access -> access.ledger().nodes());
        return TableOutput.isForTerminal(arguments)
                ? TableOutput.put(file, arguments, onScreen(nodes).on(arguments.environment()))
                : TableOutput.put(file, arguments, format.write(NodesTable.of(nodes)));
    }

    private TerminalTable onScreen(List<Node> nodes) {
        Instant now = authorities.clock().instant();
        return new TerminalTable()
                .with("name", texts(nodes, Node::name))
                .with("version", texts(nodes, Node::version))
                .with("state", texts(nodes, NodesTable::state))
                .with("applied", texts(nodes, node -> Long.toString(node.applied())))
                .with("behind", texts(nodes, node -> Long.toString(node.lag())))
                .with("started", texts(nodes, node -> RelativeTime.of(node.started(), now)))
                .with("seen", texts(nodes, node -> RelativeTime.of(node.seen(), now)));
    }

    private static List<TerminalTable.Cell> texts(List<Node> nodes, Function<Node, String> text) {
        return nodes.stream().map(text).map(TerminalTable.Cell::of).toList();
    }
}
