package io.latchkey.persistence.model;

/** What a process answers about a secret; named as the values of {@link io.latchkey.domain.Verdict}. */
enum ModelVerdict {
    ACCEPTED,
    UNKNOWN,
    RETIRED,
    DISABLED,
    STALE
}
