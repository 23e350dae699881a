package io.latchkey.application.notification;

import io.latchkey.application.remote.ServerTrust;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A webhook that receives notifications.
 *
 * @param address {@code https}, or {@code http} on the loopback interface; may contain credentials
 * @param expiringWithin how long before its expiry a token counts as expiring
 * @param trust which certificates of the receiver are accepted
 * @param proxy HTTP proxy for an {@code https} receiver, {@code http://HOST:PORT}, optionally with user and password;
 *     empty for none
 */
public record Webhook(
        URI address, WebhookSecret secret, Duration expiringWithin, ServerTrust trust, Optional<URI> proxy) {}
