package io.latchkey.application.notification;

import io.latchkey.application.AuthorityUnavailable;

/** Creates senders for webhooks. */
public interface NotificationSenders {
    /**
     * The sender for a webhook; opens no connection.
     *
     * @throws AuthorityUnavailable if the certificates in the webhook's file cannot be used
     */
    NotificationSender to(Webhook webhook);
}
