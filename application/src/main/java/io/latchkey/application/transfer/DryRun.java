package io.latchkey.application.transfer;

/** Whether changes are made or only checked. */
public enum DryRun {
    /** The changes are made. */
    NO,
    /** Nothing is changed; the result says what would be. */
    YES
}
