package io.latchkey.application;

/** Whether a resource token may rotate itself without a permission: its new secret can do exactly what the old one can. */
public enum SelfRotation {
    /** It may. */
    ALLOWED,
    /** It needs the permission to rotate a token of its name, like every other token. */
    REFUSED
}
