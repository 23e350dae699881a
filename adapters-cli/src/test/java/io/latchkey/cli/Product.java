package io.latchkey.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The command line, in this process, on real files. */
final class Product {
    private Product() {}

    static int run(Environment environment, String... words) {
        return Main.run(environment, new Assembly(), words);
    }

    static Servers servers() {
        return new Assembly();
    }

    /** All commands. */
    static CommandSpec spec() {
        return new Overview(servers()).spec();
    }
}
