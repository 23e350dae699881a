package io.latchkey.cli.authority;

import io.latchkey.cli.command.CommandSpecs;
import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;

/** The options that select an authority and a token. */
public final class AuthorityOptions {
    private AuthorityOptions() {}

    /** Adds the options. */
    public static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.value(
                        "<URL>",
                        "URL of the server, such as http://127.0.0.1:8181; without it, the command works on"
                                + " the database file",
                        "-H",
                        "--host"),
                "LATCHKEY_HOST",
                "INFLUXDB3_HOST_URL"));
        spec.addOption(CommandSpecs.withVariables(
                CommandSpecs.value(
                        "<TOKEN>",
                        "Token to authenticate with, @FILE to read it from a file, or - to read it from"
                                + " standard input; the database file needs no token",
                        "--token"),
                "LATCHKEY_TOKEN",
                "INFLUXDB3_AUTH_TOKEN"));
        TlsOptions.addTo(spec);
        CommandSpecs.addFile(spec);
    }

    /**
     * The same, with a sentence in the description.
     *
     * @param permission what a resource token needs for the command
     */
    public static void addTo(CommandSpec spec, String permission) {
        addTo(spec);
        String[] about = spec.usageMessage().description();
        String[] both = Arrays.copyOf(about, about.length + 1);
        both[about.length] = "A resource token needs " + permission + ".";
        spec.usageMessage().description(both);
    }
}
