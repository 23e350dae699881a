package io.latchkey.application.notification;

import io.latchkey.application.notification.DueQueue.Queued;
import io.latchkey.application.notification.Notification.Kind;
import io.latchkey.domain.TokenId;
import java.util.TreeSet;

/** The notifications of one token, in order, with the attempts to deliver the first. */
final class TokenQueue {
    /** The first notification is due now. */
    static final long DUE = -1;

    private final Key key;
    private final TreeSet<Queued> notices = new TreeSet<>();
    private String tried = "";
    private DeliveryAttempts attempts = DeliveryAttempts.NONE;
    private long until = DUE;
    private long earliest;

    TokenQueue(Key key) {
        this.key = key;
    }

    /** Priority between tokens, highest first. */
    enum Urgency {
        ALARM,
        USUAL
    }

    record Key(Urgency urgency, TokenId token) {
        static Key of(Notification notice) {
            return new Key(
                    notice.kind() == Kind.ALARM ? Urgency.ALARM : Urgency.USUAL,
                    notice.token().id());
        }
    }

    Key key() {
        return key;
    }

    Urgency urgency() {
        return key.urgency;
    }

    boolean isEmpty() {
        return notices.isEmpty();
    }

    Queued first() {
        return notices.first();
    }

    void add(Queued notice) {
        notices.add(notice);
    }

    void remove(Queued notice) {
        notices.remove(notice);
    }

    DeliveryAttempts attempts() {
        return isTried() ? attempts : DeliveryAttempts.NONE;
    }

    void tried(DeliveryAttempts so) {
        tried = first().notice().id();
        attempts = so;
    }

    void waitUntil(long time) {
        until = time;
    }

    /** Sets the time before which the receiver does not want the first notification again. */
    void waitAtLeastUntil(long time) {
        earliest = time;
    }

    long earliest() {
        return earliest;
    }

    long until() {
        return until;
    }

    /**
     * Whether the first notification waits for its next attempt. If an earlier one was added in front of it, that one
     * is due at once.
     */
    boolean isWaiting() {
        return until != DUE && isTried();
    }

    private boolean isTried() {
        return tried.equals(first().notice().id());
    }
}
