package io.latchkey.application;

import io.latchkey.application.Notice.Kind;
import io.latchkey.application.NoticeQueue.Queued;
import io.latchkey.domain.TokenId;
import java.util.TreeSet;

/** The notices of one token that are told one after the other, and the attempts to tell the first. */
final class NoticeLane {
    /** That the first does not wait. */
    static final long DUE = -1;

    private final Key key;
    private final TreeSet<Queued> notices = new TreeSet<>();
    private String tried = "";
    private NoticeAttempts attempts = NoticeAttempts.NONE;
    private long until = DUE;

    NoticeLane(Key key) {
        this.key = key;
    }

    /** What is told first. */
    enum Urgency {
        ALARM,
        USUAL
    }

    record Key(Urgency urgency, TokenId token) {
        static Key of(Notice notice) {
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

    NoticeAttempts attempts() {
        return isTried() ? attempts : NoticeAttempts.NONE;
    }

    void tried(NoticeAttempts so) {
        tried = first().notice().id();
        attempts = so;
    }

    void waitUntil(long time) {
        until = time;
    }

    long until() {
        return until;
    }

    /** Whether the first is to wait: what came before the one that was tried is due at once. */
    boolean isWaiting() {
        return until != DUE && isTried();
    }

    private boolean isTried() {
        return tried.equals(first().notice().id());
    }
}
