package io.latchkey.cli.serve;

import io.latchkey.application.remote.HttpUrl;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.domain.Network;
import io.latchkey.domain.TokenFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings for guarded services and the proxies in front of them.
 *
 * @param verifyHeader the header with the credential of a guarded request, used before {@code Authorization}
 * @param verifyInsufficient the status for a guarded request whose token lacks a permission: 401 or 403
 * @param trustedProxies addresses and networks, separated by commas
 * @param trustedProxyHeader the header with the client address from a trusted proxy
 * @param publicUrl the URL of the server as clients see it
 */
public record ForwardAuthSettings(
        Optional<String> verifyHeader,
        Optional<String> verifyInsufficient,
        Optional<String> trustedProxies,
        Optional<String> trustedProxyHeader,
        Optional<String> publicUrl,
        IntrospectionExp introspectionExp) {
    static final ForwardAuthSettings DEFAULT = new ForwardAuthSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            IntrospectionExp.NEVER);

    private static final List<String> INSUFFICIENT = List.of("401", "403");
    private static final List<String> PROXY_HEADERS = List.of("X-Forwarded-For", "Forwarded");

    /** The value of {@code exp} in introspection for tokens without an expiry. */
    public enum IntrospectionExp {
        /** No {@code exp}. */
        NEVER,
        /** The end of the year 9999. */
        FAR
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<NAME>",
                                "Header with the token of guarded requests, for services that use Authorization"
                                        + " themselves",
                                "--verify-header"),
                        "LATCHKEY_VERIFY_HEADER"))
                .addOption(CommandSpecs.withVariables(
                        OptionSpec.builder(CommandSpecs.value(
                                        "<STATUS>",
                                        "Answer to a guarded request whose token lacks a permission: 403 (default), which"
                                                + " names it, or 401 as for an unknown token",
                                        "--verify-insufficient"))
                                .completionCandidates(INSUFFICIENT)
                                .build(),
                        "LATCHKEY_VERIFY_INSUFFICIENT"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<ADDRESSES>",
                                "Addresses or networks of trusted proxies, separated by commas; the client address"
                                        + " that they report is used in the log, in the use of tokens, and for tokens with --from",
                                "--trusted-proxy"),
                        "LATCHKEY_TRUSTED_PROXY"))
                .addOption(CommandSpecs.withVariables(
                        OptionSpec.builder(CommandSpecs.value(
                                        "<HEADER>",
                                        "Header with the client address from trusted proxies: X-Forwarded-For (default) or"
                                                + " Forwarded; the other header is ignored",
                                        "--trusted-proxy-header"))
                                .completionCandidates(PROXY_HEADERS)
                                .build(),
                        "LATCHKEY_TRUSTED_PROXY_HEADER"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<URL>",
                                "URL of this server as clients see it; used as its OAuth issuer and in its OAuth"
                                        + " metadata",
                                "--public-url"),
                        "LATCHKEY_PUBLIC_URL"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.choice(
                                IntrospectionExp.class,
                                "<EXP>",
                                "Value of exp in introspection for tokens that never expire: never (no exp, the"
                                        + " default) or far (the year 9999, for clients that require exp)",
                                "--introspection-exp"),
                        "LATCHKEY_INTROSPECTION_EXP"));
    }

    static ForwardAuthSettings of(Arguments arguments) {
        if (arguments.has("--trusted-proxy-header")
                && arguments.given("--trusted-proxy").isEmpty()) {
            throw arguments.refused("--trusted-proxy-header needs --trusted-proxy");
        }
        return new ForwardAuthSettings(
                arguments.given("--verify-header").map(given -> arguments.parse(given, ForwardAuthSettings::header)),
                arguments
                        .given("--verify-insufficient")
                        .map(given -> arguments.parse(given, ForwardAuthSettings::insufficient)),
                arguments.given("--trusted-proxy").map(given -> arguments.parse(given, ForwardAuthSettings::proxies)),
                arguments
                        .given("--trusted-proxy-header")
                        .map(given -> arguments.parse(given, ForwardAuthSettings::proxyHeader)),
                arguments.given("--public-url").map(given -> arguments.parse(given, ForwardAuthSettings::url)),
                arguments.choice("--introspection-exp", DEFAULT.introspectionExp()));
    }

    private static String header(String text) {
        if (!text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new TokenFailure.Invalid("verify-header", "expected the name of a header such as X-Api-Key");
        }
        return text;
    }

    private static String insufficient(String text) {
        if (!INSUFFICIENT.contains(text)) {
            throw new TokenFailure.Invalid("verify-insufficient", "expected 401 or 403");
        }
        return text;
    }

    private static String proxies(String text) {
        if (!Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Network::parseExact)
                .allMatch(Optional::isPresent)) {
            throw new TokenFailure.Invalid(
                    "trusted-proxy", "expected addresses or networks such as 10.0.0.1,10.1.0.0/16");
        }
        return text;
    }

    private static String proxyHeader(String text) {
        return PROXY_HEADERS.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "trusted-proxy-header", "expected one of " + String.join(", ", PROXY_HEADERS)));
    }

    private static String url(String text) {
        if (!HttpUrl.isBase(text)) {
            throw new TokenFailure.Invalid("public-url", "expected a URL such as https://tokens.example.org");
        }
        return text;
    }
}
