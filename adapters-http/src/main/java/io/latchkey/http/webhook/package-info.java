/**
 * Sends signed notifications to webhooks over HTTP.
 *
 * <p>Uses {@code client}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code HttpWebhookSender}; the body is made in {@code WebhookJson}.
 */
@NullMarked
package io.latchkey.http.webhook;

import org.jspecify.annotations.NullMarked;
