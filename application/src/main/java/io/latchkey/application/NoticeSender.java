package io.latchkey.application;

import java.time.Instant;
import java.util.Optional;

/** The way to whoever is told of what happens to tokens. */
public interface NoticeSender {
    /**
     * Tells somebody of something, once.
     *
     * @param now what is signed with it, so that nobody can tell it again much later
     * @return why it was not taken, in half a sentence without the address; empty if it was
     */
    Optional<String> send(Notice notice, Webhook to, Instant now);
}
