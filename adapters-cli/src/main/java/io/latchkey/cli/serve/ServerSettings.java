package io.latchkey.cli.serve;

import io.latchkey.application.SelfRotation;
import io.latchkey.application.StoreLocation;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.domain.ExpiryPolicy;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The settings of a server.
 *
 * @param tls empty for plain HTTP
 * @param verify empty if verdicts have no address of their own
 * @param webhook empty for no notifications
 */
public record ServerSettings(
        StoreLocation location,
        ListenAddress bind,
        Optional<TlsSettings> tls,
        RemoteBootstrap remoteBootstrap,
        AuthenticationSettings authentication,
        PreconfiguredTokens tokens,
        Optional<RecoverySettings> recovery,
        ForwardAuthSettings forwardAuth,
        ConsoleSettings console,
        Optional<VerifySettings> verify,
        ExpiryPolicy policy,
        SelfRotation selfRotation,
        Optional<WebhookSettings> webhook,
        LogFormat logging) {
    /** The preconfigured tokens; none if authentication is off. */
    public List<PreconfiguredToken> wanted() {
        return switch (authentication.mode()) {
            case REQUIRED -> tokens.read();
            case OFF -> List.of();
        };
    }

    /** Logs a warning if tokens can be intercepted; called when the server listens. */
    public void warnOfPlainHttp() {
        if (tls.isPresent()) {
            return;
        }
        if (!bind.isLocal()) {
            warnOfPlainHttp(bind);
        }
        verify.filter(VerifySettings::isRemote).ifPresent(ServerSettings::warnOfPlainHttp);
    }

    private static void warnOfPlainHttp(Object address) {
        LoggerFactory.getLogger(Serve.class)
                .warn(
                        "other machines can connect to {} without TLS, and tokens can be intercepted: use"
                                + " --tls-cert and --tls-key, or let only a proxy with TLS connect",
                        address);
    }

    /** Whether the first operator token may be created from another machine. */
    public enum RemoteBootstrap {
        REFUSED,
        ALLOWED
    }
}
