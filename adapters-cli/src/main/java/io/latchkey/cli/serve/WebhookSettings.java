package io.latchkey.cli.serve;

import io.latchkey.application.FileMode;
import io.latchkey.application.FileProblem;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.notification.WebhookSecret;
import io.latchkey.application.remote.HostAndPort;
import io.latchkey.application.remote.HttpUrl;
import io.latchkey.application.remote.LoopbackNames;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The settings of a webhook.
 *
 * @param exposed the file of the secret, if other users can read it
 */
public record WebhookSettings(Webhook webhook, Optional<Path> exposed) {
    private static final String URL = "--webhook";
    private static final String SECRET = "--webhook-secret";
    private static final String CA = "--webhook-ca";
    private static final String WITHIN = "--webhook-expiring-within";

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<URL>",
                                "URL that receives notifications by POST (signed according to Standard Webhooks)"
                                        + " when a token is created, changed, disabled, enabled, deleted, about to expire or"
                                        + " expired, or when a retired secret is used; https, unless it is on this machine."
                                        + " Failed deliveries are repeated for 3 days, or for ten minutes after a 4xx response;"
                                        + " 410 turns the webhook off. Of several servers with the same database, one delivers"
                                        + " at a time",
                                URL),
                        "LATCHKEY_WEBHOOK"))
                .addOption(CommandSpecs.withVariable(
                        CommandSpecs.value(
                                "<@FILE>",
                                "File with the signing secret: whsec_ and 24 to 64 random bytes in base64",
                                SECRET),
                        "LATCHKEY_WEBHOOK_SECRET",
                        "the webhook's signing secret, or @FILE"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<FILE>",
                                "PEM file with additional certificate authorities to trust for the webhook",
                                CA),
                        "LATCHKEY_WEBHOOK_CA"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<DURATION>", "How long before its expiry a token is reported (default: 14d)", WITHIN),
                        "LATCHKEY_WEBHOOK_EXPIRING_WITHIN"));
    }

    /** The settings; empty without {@code --webhook}. */
    static Optional<WebhookSettings> of(Arguments arguments) {
        Optional<URI> address = arguments.given(URL).map(given -> address(arguments, given));
        if (address.isPresent()) {
            Arguments.Given secret = arguments
                    .given(SECRET)
                    .orElseThrow(
                            () -> arguments.refused(URL + " needs " + SECRET + " @FILE: notifications must be signed"));
            return Optional.of(signed(arguments, address.get(), secret));
        }
        for (String option : List.of(SECRET, CA, WITHIN)) {
            if (arguments.has(option)) {
                throw arguments.refused(option + " needs " + URL);
            }
        }
        return Optional.empty();
    }

    private static URI address(Arguments arguments, Arguments.Given given) {
        try {
            URI address = URI.create(URI.create(given.text()).toASCIIString());
            Optional<HostAndPort> server = HostAndPort.of(address).filter(HostAndPort::hasValidPort);
            if (HttpUrl.hasLowerCaseScheme(address)
                    && server.isPresent()
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null) {
                if ("http".equals(address.getScheme())
                        && !LoopbackNames.isNamedBy(server.get().host())) {
                    throw refused(arguments, given, "expected https: over http, notifications can be intercepted");
                }
                return address;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw refused(arguments, given, "expected a URL such as https://example.org/hook, without a password");
    }

    private static Duration within(String text) {
        Duration within = HumanDuration.parse(text);
        if (within.compareTo(Lifetime.LONGEST) > 0) {
            throw new TokenFailure.Invalid("webhook-expiring-within", "expected at most 100 years");
        }
        return within;
    }

    private static WebhookSettings signed(Arguments arguments, URI address, Arguments.Given secret) {
        if (!secret.text().startsWith("@")) {
            if (secret.source().equals(SECRET)) {
                throw refused(arguments, secret, "expected @FILE: other users can see the command line");
            }
            return new WebhookSettings(
                    webhook(arguments, address, parsed(arguments, secret, secret.text())), Optional.empty());
        }
        Path file = Path.of(secret.text().substring(1));
        try {
            WebhookSecret read = parsed(arguments, secret, TextFile.read(file).strip());
            boolean isOpen = FileMode.of(file).isOpen();
            return new WebhookSettings(
                    webhook(arguments, address, read), isOpen ? Optional.of(file) : Optional.empty());
        } catch (IOException e) {
            throw refused(
                    arguments,
                    secret,
                    "the file '" + TerminalText.of(file.toString()) + "' cannot be read: "
                            + FileProblem.reading(file, e));
        }
    }

    private static Webhook webhook(Arguments arguments, URI address, WebhookSecret secret) {
        Duration within = arguments
                .given(WITHIN)
                .map(given -> arguments.parse(given, WebhookSettings::within))
                .orElse(Expiry.EXPIRING_SOON);
        Optional<Path> authority = arguments.given(CA).map(given -> arguments.parse(given, Location::path));
        return new Webhook(
                address,
                secret,
                within,
                new ServerTrust(authority, ServerTrust.Verification.ON),
                WebhookProxy.of(arguments, address));
    }

    private static WebhookSecret parsed(Arguments arguments, Arguments.Given secret, String text) {
        try {
            return WebhookSecret.parse(text);
        } catch (TokenFailure.Invalid e) {
            throw refused(arguments, secret, e.sentence());
        }
    }

    /** Errors do not quote the value, which may be a secret. */
    private static ParameterException refused(Arguments arguments, Arguments.Given given, String sentence) {
        return arguments.refused("invalid value for '" + given.source() + "': " + sentence);
    }

    /** Logs a warning for the administrator. */
    public void announce() {
        exposed.ifPresent(file -> LoggerFactory.getLogger(Serve.class)
                .warn("other users can read the webhook's secret and forge notifications: run chmod 600 {}", file));
    }
}
