package io.latchkey.cli.authority;

import io.latchkey.cli.command.CommandSpecs;
import picocli.CommandLine.Model.CommandSpec;

/** The options that say which authority a command asks, and with which token. */
public final class AuthorityOptions {
    private AuthorityOptions() {}

    /** Options that say which authority is meant, and on whose behalf. */
    public static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.value(
                        "<URL>",
                        "Server to ask, such as http://127.0.0.1:8181; without it the file is used",
                        "-H",
                        "--host"),
                "LATCHKEY_HOST",
                "INFLUXDB3_HOST_URL"));
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.value(
                        "<TOKEN>",
                        "Token to act with, or @FILE that holds it, or - to read it from standard input; without it, whoever"
                                + " can write the file acts as its owner",
                        "--token"),
                "LATCHKEY_TOKEN",
                "INFLUXDB3_AUTH_TOKEN"));
        TlsOptions.addTo(spec);
        CommandSpecs.addFile(spec);
    }
}
