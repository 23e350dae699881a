package io.latchkey.cli.serve;

import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.TokenFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The TLS settings of a server.
 *
 * @param certificate a PEM file
 * @param key a PEM file
 */
public record TlsSettings(Path certificate, Path key, Minimum minimum) {
    /** The minimum version of TLS. */
    enum Minimum {
        TLS_1_2("TLSv1.3,TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String protocols;

        Minimum(String protocols) {
            this.protocols = protocols;
        }

        private static Minimum parse(String text) {
            return switch (text) {
                case "tls-1.2" -> TLS_1_2;
                case "tls-1.3" -> TLS_1_3;
                default ->
                    throw new TokenFailure.Invalid(
                            "tls-minimum-version", "Valid minimum version strings are tls-1.2 and tls-1.3");
            };
        }
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(ServerOptions.certificate(
                        "PEM file with the server's certificate chain; turns TLS on. The file is reloaded"
                                + " when it changes and at SIGHUP"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<FILE>", "PEM file with the private key, without a passphrase", "--tls-key"),
                        "INFLUXDB3_TLS_KEY"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<VERSION>",
                                "Minimum TLS version: tls-1.2 (default) or tls-1.3",
                                "--tls-minimum-version"),
                        "INFLUXDB3_TLS_MINIMUM_VERSION"));
    }

    /** The settings; empty for plain HTTP. */
    static Optional<TlsSettings> of(Arguments arguments) {
        Optional<Path> certificate = ServerOptions.certificate(arguments);
        Optional<Path> key = arguments.given("--tls-key").map(given -> arguments.parse(given, Location::path));
        Minimum minimum = arguments
                .given("--tls-minimum-version")
                .map(given -> arguments.parse(given, Minimum::parse))
                .orElse(Minimum.TLS_1_2);
        if (certificate.isPresent() != key.isPresent()) {
            throw arguments.refused("tls requires both a cert and a key file to be passed in to work");
        }
        return certificate.map(file -> new TlsSettings(file, key.orElseThrow(), minimum));
    }

    /** The properties of a server on a port; clients can choose HTTP/2 by ALPN. */
    public Map<String, Object> properties(int port) {
        return Map.of(
                "latchkey.server.tls-cert",
                certificate.toString(),
                "latchkey.server.tls-key",
                key.toString(),
                "micronaut.server.ssl.enabled",
                true,
                "micronaut.server.ssl.port",
                port,
                "micronaut.server.ssl.protocols",
                minimum.protocols,
                "micronaut.server.http-version",
                "2.0");
    }
}
