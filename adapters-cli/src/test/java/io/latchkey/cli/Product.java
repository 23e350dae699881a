package io.latchkey.cli;

import io.latchkey.cli.serve.Servers;
import io.latchkey.cli.terminal.Environment;
import picocli.CommandLine.Model.CommandSpec;

/** The command line, in this process, on real files. */
public final class Product {
    private Product() {}

    public static int run(Environment environment, String... words) {
        return Main.run(environment, new Assembly(), words);
    }

    public static Servers servers() {
        return new Assembly();
    }

    /** All commands. */
    public static CommandSpec spec() {
        return new RootCommand(servers()).spec();
    }
}
