/**
 * Notifications for webhooks: the queue of due notifications, their order, and the saved delivery progress.
 *
 * <p>Uses {@code ledger} and {@code remote}; reads tokens through {@link
 * io.latchkey.application.notification.TokenFeed}.
 *
 * <p>Begin with {@link io.latchkey.application.notification.NotificationDelivery}.
 */
package io.latchkey.application.notification;
