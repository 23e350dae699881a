package io.latchkey.application;

/** Whether several changes are made, or only looked into. */
public enum Run {
    /** They are made. */
    REAL,
    /** Nothing is changed; what would be is told. */
    DRY
}
