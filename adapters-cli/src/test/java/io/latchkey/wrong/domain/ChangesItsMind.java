package io.latchkey.wrong.domain;

/** Breaks the rule that what others see does not change. */
final class ChangesItsMind {
    int mind;
}
