package io.latchkey.application.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends notifications to one webhook. */
public interface NotificationSender {
    /**
     * Makes one attempt to deliver a notification; blocks until the receiver answers or the attempt times out. Any
     * failure to reach the receiver is a {@link Receipt.Postponed}, not an exception.
     *
     * @param now signing time; receivers refuse old signatures, which prevents replay
     */
    Receipt send(Notification notice, Instant now);

    /** Outcome of an attempt. Reasons are a short phrase without the address, which may hold credentials. */
    sealed interface Receipt {
        /** The receiver accepted the notification. */
        record Accepted() implements Receipt {}

        /**
         * The attempt failed, and a later one may succeed.
         *
         * @param after how long the receiver asks to wait ({@code Retry-After}); empty if it does not say
         */
        record Postponed(String reason, Optional<Duration> after) implements Receipt {}

        /** The receiver rejected this notification, and will probably reject it again. */
        record Rejected(String reason) implements Receipt {}

        /** The receiver refuses all further notifications. */
        record Ended(String reason) implements Receipt {}
    }
}
