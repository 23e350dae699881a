package io.latchkey.cli.serve;

import io.latchkey.cli.authority.Location;
import io.latchkey.cli.terminal.ListenAddress;
import io.latchkey.domain.ExpiryPolicy;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * What a server needs to know before it starts.
 *
 * @param tls none to speak in the clear
 * @param webhook none to tell nobody
 */
public record ServerSettings(
        Location.Local location,
        ListenAddress bind,
        Optional<TlsSettings> tls,
        RemoteBootstrap remoteBootstrap,
        AuthenticationSettings access,
        PreconfiguredTokens tokens,
        Optional<RecoverySettings> recovery,
        ForwardAuthSettings guard,
        ExpiryPolicy policy,
        Optional<WebhookSettings> webhook,
        LogFormat logging) {
    /** The tokens to be known from the start, none where no token counts. */
    public List<PreconfiguredToken> wanted() {
        return switch (access.authentication()) {
            case REQUIRED -> tokens.read();
            case OFF -> List.of();
        };
    }

    /** Warns in the log, once the server listens, if others can read along. */
    public void warnOfPlainHttp() {
        if (tls.isEmpty() && !bind.isLocal()) {
            LoggerFactory.getLogger(Serve.class)
                    .warn(
                            "other machines can connect to {} without TLS, and tokens can be intercepted: use"
                                    + " --tls-cert and --tls-key, or let only a proxy with TLS connect",
                            bind);
        }
    }

    /** Whether the first operator token may be created from another machine. */
    public enum RemoteBootstrap {
        REFUSED,
        ALLOWED
    }
}
