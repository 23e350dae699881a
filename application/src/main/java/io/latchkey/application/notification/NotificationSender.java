package io.latchkey.application.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The way to one receiver of notices. */
public interface NotificationSender {
    /**
     * Tells of something, once; whatever goes wrong on the way is {@link Receipt.Postponed}.
     *
     * @param now what is signed with it, so that nobody can tell it again much later
     */
    Receipt send(Notification notice, Instant now);

    /** What became of an attempt to tell somebody of something. Reasons are half a sentence, without the address. */
    sealed interface Receipt {
        /** It was taken. */
        record Accepted() implements Receipt {}

        /**
         * It was not taken now, and may be later.
         *
         * @param after how long the receiver asks us to wait; empty if it does not say
         */
        record Postponed(String reason, Optional<Duration> after) implements Receipt {}

        /** The receiver does not want this notice, and will hardly want it later. */
        record Rejected(String reason) implements Receipt {}

        /** The receiver wants nothing more, ever. */
        record Ended(String reason) implements Receipt {}
    }
}
