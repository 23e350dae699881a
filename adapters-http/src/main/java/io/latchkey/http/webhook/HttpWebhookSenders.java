package io.latchkey.http.webhook;

import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.NotificationSenders;
import io.latchkey.application.notification.Webhook;
import io.latchkey.http.client.ServerTrustContext;

/**
 * Makes senders of notifications over HTTP.
 *
 * <p>Found by {@link java.util.ServiceLoader}, so that servers without a webhook do not load it.
 */
public final class HttpWebhookSenders implements NotificationSenders {
    /** For {@link java.util.ServiceLoader}. */
    public HttpWebhookSenders() {}

    @Override
    public NotificationSender to(Webhook webhook) {
        return new HttpWebhookSender(webhook, ServerTrustContext.of(webhook.trust()));
    }
}
