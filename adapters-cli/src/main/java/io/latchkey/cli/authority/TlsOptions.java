package io.latchkey.cli.authority;

import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.remote.ServerTrust.Verification;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Options that say which servers are believed to be what they say. */
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

    /** For a command that asks no server: whoever says whom to believe thinks that it does. */
    static void refuseWithoutServer(Arguments arguments) {
        for (String option : List.of("--tls-ca", "--tls-no-verify")) {
            if (arguments.has(option)) {
                throw arguments.refused(option + " needs --host: only a connection to a server uses TLS");
            }
        }
    }

    /** What the arguments say of a server; if that is imprudent, it is said on standard error. */
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
