/**
 * Notifications for webhooks: what is due, in which order, what was delivered.
 *
 * <p>Uses {@code ledger} and {@code remote}; reads tokens through {@link
 * io.latchkey.application.notification.TokenFeed}.
 *
 * <p>Begin with {@link io.latchkey.application.notification.NotificationDelivery}.
 */
package io.latchkey.application.notification;
