package io.latchkey.cli.authority;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.ChangeWait;
import io.latchkey.application.ChangeWait.WaitFor;
import io.latchkey.application.node.NodeWait;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.Environment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** The option {@code --wait} of commands that change tokens. */
public final class WaitOption {
    private static final String NAME = "--wait";

    private WaitOption() {}

    /** Adds the option. */
    public static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.choice(
                WaitFor.class,
                "<MODE>",
                "With PostgreSQL: nodes, to return when the change holds on every node, or none (default: nodes, if"
                        + " the change ends something)",
                NAME));
    }

    /** A change that waits as the option says; says on standard error which nodes did not answer. */
    public static <T> Function<ActorAccess, T> applied(Arguments arguments, Function<ActorAccess, T> change) {
        Optional<WaitFor> asked = arguments.given(NAME).map(given -> arguments.choice(given, WaitFor.class));
        Environment environment = arguments.environment();
        return access -> {
            AtomicBoolean told = new AtomicBoolean();
            T result = change.apply(access.waiting(new ChangeWait(asked, wait -> {
                told.set(true);
                environment.err().print(text(wait));
            })));
            if (asked.equals(Optional.of(WaitFor.NODES)) && !told.get()) {
                environment
                        .err()
                        .print("Note: nothing was waited for: nothing was changed, or the server knows no nodes.\n");
            }
            return result;
        };
    }

    private static String text(NodeWait wait) {
        return wait.waitedOut().isEmpty()
                ? ""
                : "Note: the change holds, but these nodes did not answer, and give no verdicts until they do: "
                        + String.join(", ", wait.waitedOut()) + "\n";
    }
}
