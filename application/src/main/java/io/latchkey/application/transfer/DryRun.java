package io.latchkey.application.transfer;

/** Whether several changes are made, or only looked into. */
public enum DryRun {
    /** They are made. */
    NO,
    /** Nothing is changed; what would be is told. */
    YES
}
