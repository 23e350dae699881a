/**
 * Sends notifications to webhooks over HTTP, signed.
 *
 * <p>Uses {@code client}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code HttpWebhookSender}; what is sent is in {@code WebhookJson}.
 */
@NullMarked
package io.latchkey.http.webhook;

import org.jspecify.annotations.NullMarked;
