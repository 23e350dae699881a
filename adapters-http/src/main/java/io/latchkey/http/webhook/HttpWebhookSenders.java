package io.latchkey.http.webhook;

import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.NotificationSenders;
import io.latchkey.application.notification.Webhook;
import io.latchkey.http.client.ServerTrustContext;

/**
 * Notices over HTTP.
 *
 * <p>Found by {@link java.util.ServiceLoader}, for few servers tell anybody.
 */
public final class HttpWebhookSenders implements NotificationSenders {
    /** For the loader. */
    public HttpWebhookSenders() {}

    @Override
    public NotificationSender to(Webhook webhook) {
        return new HttpWebhookSender(webhook, ServerTrustContext.of(webhook.trust()));
    }
}
