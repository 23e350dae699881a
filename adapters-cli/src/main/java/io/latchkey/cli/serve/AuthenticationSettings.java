package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Settings for requests without a token, for the size of requests and for metrics.
 *
 * @param exempt names of the endpoints that need no token (contract 1.13)
 * @param maxRequestSize in bytes
 */
public record AuthenticationSettings(
        Authentication mode, Set<String> exempt, int maxRequestSize, MetricsNames metrics) {
    static final AuthenticationSettings DEFAULT =
            new AuthenticationSettings(Authentication.REQUIRED, Set.of(), 10_485_760, MetricsNames.HIDDEN);

    private static final List<String> RESOURCES = List.of("health", "ping", "metrics", "ready", "pprof", "node_stop");
    private static final int LONGEST = 1 << 30;

    /** Whether a request needs a token. */
    enum Authentication {
        REQUIRED,
        /** No request needs a token, but tokens cannot be managed. */
        OFF
    }

    /** Whether metrics contain names of tokens. */
    enum MetricsNames {
        HIDDEN,
        SHOWN
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<LIST>",
                                "Endpoints that need no token, separated by commas: health, ping, metrics; ready,"
                                        + " pprof and node_stop are accepted for compatibility",
                                "--disable-authz"),
                        "INFLUXDB3_DISABLE_AUTHZ"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag(
                                "Require no token for any request; tokens cannot be created, changed or deleted over"
                                        + " HTTP then",
                                "--without-auth"),
                        "INFLUXDB3_WITHOUT_AUTH",
                        "INFLUXDB3_START_WITHOUT_AUTH"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<BYTES>",
                                "Maximum size of a request body in bytes (default: " + DEFAULT.maxRequestSize() + ")",
                                "--max-http-request-size"),
                        "INFLUXDB3_MAX_HTTP_REQUEST_SIZE"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag(
                                "Include the name and expiry of each expiring token in /metrics",
                                "--metrics-token-names"),
                        "LATCHKEY_METRICS_TOKEN_NAMES"));
    }

    static AuthenticationSettings of(Arguments arguments) {
        return new AuthenticationSettings(
                arguments.flag("--without-auth") ? Authentication.OFF : Authentication.REQUIRED,
                arguments
                        .given("--disable-authz")
                        .map(given -> arguments.parse(given, AuthenticationSettings::resources))
                        .orElse(DEFAULT.exempt()),
                arguments
                        .given("--max-http-request-size")
                        .map(given -> arguments.parse(given, AuthenticationSettings::bytes))
                        .orElse(DEFAULT.maxRequestSize()),
                arguments.flag("--metrics-token-names") ? MetricsNames.SHOWN : MetricsNames.HIDDEN);
    }

    private static Set<String> resources(String text) {
        List<String> resources =
                Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (resources.size() > RESOURCES.size()) {
            throw new TokenFailure.Invalid("disable-authz", "--disable-authz cannot take more than 6 items");
        }
        if (!RESOURCES.containsAll(resources)) {
            throw new TokenFailure.Invalid(
                    "disable-authz",
                    "invalid value passed in for --disable-authz, allowed values are health, ping, metrics, ready,"
                            + " pprof, and node_stop");
        }
        return resources.stream().collect(Collectors.toUnmodifiableSet());
    }

    private static int bytes(String text) {
        if (text.matches("[0-9]{1,10}")) {
            long bytes = Long.parseLong(text);
            if (bytes >= 1 && bytes <= LONGEST) {
                return (int) bytes;
            }
        }
        throw new TokenFailure.Invalid(
                "max-http-request-size", "expected a number of bytes from 1 to " + LONGEST + ", which is 1 GiB");
    }

    /** Logs a warning for the administrator. */
    public void announce() {
        if (mode == Authentication.OFF) {
            LoggerFactory.getLogger(Serve.class)
                    .warn("server started without auth (`--without-auth` switch), all token creation and regeneration"
                            + " of admin token endpoints are disabled");
        }
    }

    /** The properties of the server. */
    public Map<String, Object> properties() {
        return Map.of(
                "latchkey.server.without-auth",
                mode == Authentication.OFF,
                "latchkey.server.metrics-token-names",
                metrics == MetricsNames.SHOWN,
                "latchkey.server.disable-authz",
                String.join(",", exempt),
                "micronaut.server.max-request-size",
                maxRequestSize,
                "micronaut.server.max-request-buffer-size",
                maxRequestSize);
    }
}
