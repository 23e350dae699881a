package io.latchkey.application.notification;

import io.latchkey.application.remote.ServerTrust;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is told of what happens to tokens.
 *
 * @param address {@code https}, or {@code http} on this machine; may hold what only the two should know
 * @param expiringWithin how long the last days of a token are
 * @param trust which receivers are believed to be what they say
 * @param proxy what an {@code https} receiver is reached through, {@code http://HOST:PORT}, perhaps with a user and
 *     password; empty for none
 */
public record Webhook(
        URI address, WebhookSecret secret, Duration expiringWithin, ServerTrust trust, Optional<URI> proxy) {}
