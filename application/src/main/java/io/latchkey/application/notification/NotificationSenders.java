package io.latchkey.application.notification;

import io.latchkey.application.AuthorityUnavailable;

/** Ways to receivers of notices. */
public interface NotificationSenders {
    /**
     * The way to a receiver, which is not asked yet.
     *
     * @throws AuthorityUnavailable if the certificates in the webhook's file cannot be used
     */
    NotificationSender to(Webhook webhook);
}
