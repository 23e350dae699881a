package io.latchkey.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The options that say which authority a command asks, and with which token. */
final class AuthorityOptions {
    private AuthorityOptions() {}

    /** Options that say which authority is meant, and on whose behalf. */
    static void addTo(CommandSpec spec) {
        spec.addOption(Syntax.value(
                "<URL>", "Server to ask, such as http://127.0.0.1:8181; without it the file is used", "-H", "--host"));
        spec.addOption(Syntax.value(
                "<TOKEN>",
                "Token to act with, or @FILE that holds it, or - to read it from standard input; without it, whoever"
                        + " can write the file acts as its owner",
                "--token"));
        TrustOptions.addTo(spec);
        Syntax.addFile(spec);
    }
}
