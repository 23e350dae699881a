package io.latchkey.application;

import java.time.Duration;
import java.util.Optional;

/** What became of an attempt to tell somebody of something. Reasons are half a sentence, without the address. */
public sealed interface Receipt {
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
