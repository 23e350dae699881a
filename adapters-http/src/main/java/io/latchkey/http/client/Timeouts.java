package io.latchkey.http.client;

import java.time.Duration;

/**
 * How long a client waits for a server.
 *
 * @param answer for the headers of a response, then for each part of a long body; for a short response in all
 * @param backup for the headers of a backup, since a server copies its database before it answers
 */
record Timeouts(Duration answer, Duration backup) {
    /** 30 seconds, and 2 minutes for a backup to begin. */
    static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(2));
}
