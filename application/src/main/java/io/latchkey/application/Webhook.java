package io.latchkey.application;

import java.net.URI;
import java.time.Duration;

/**
 * Who is told of what happens to tokens.
 *
 * @param address {@code http} or {@code https}; may hold what only the two should know
 * @param expiringWithin how long the last days of a token are
 */
public record Webhook(URI address, WebhookSecret secret, Duration expiringWithin) {}
