package io.latchkey.cli.authority;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.remote.ServerTrust.Verification;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The options for TLS connections to a server. */
final class TlsOptions {
    private TlsOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<FILE>",
                                "PEM file with additional certificate authorities to trust for the server",
                                "--tls-ca"),
                        "INFLUXDB3_TLS_CA"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag(
                                "Skip certificate checks (insecure: the connection can be intercepted)",
                                "--tls-no-verify"),
                        "INFLUXDB3_TLS_NO_VERIFY"));
    }

    /** Refuses the options for a command that uses no server, since the user expects one. */
    static void refuseWithoutServer(Arguments arguments) {
        for (String option : List.of("--tls-ca", "--tls-no-verify")) {
            if (arguments.has(option)) {
                throw arguments.refused(option + " needs --host: only a connection to a server uses TLS");
            }
        }
    }

    /** The trust that the arguments give; prints a warning if certificates are not checked. */
    static ServerTrust of(Arguments arguments, URI address) {
        ServerTrust trust = new ServerTrust(
                arguments.given("--tls-ca").map(given -> arguments.parse(given, Location::path)),
                arguments.flag("--tls-no-verify") ? Verification.OFF : Verification.ON);
        if (trust.verification() == Verification.OFF && "https".equalsIgnoreCase(address.getScheme())) {
            arguments
                    .environment()
                    .err()
                    .print("warning: the server's certificate is not verified: the connection can be"
                            + " intercepted\n");
        }
        return trust;
    }
}
