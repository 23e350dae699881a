package io.latchkey.application;

import java.time.Instant;

/** The way to one receiver of notices. */
public interface NoticeSender {
    /**
     * Tells of something, once; whatever goes wrong on the way is {@link Receipt.Postponed}.
     *
     * @param now what is signed with it, so that nobody can tell it again much later
     */
    Receipt send(Notice notice, Instant now);
}
