package io.latchkey.wrong.application;

import io.latchkey.wrong.cli.TokenManager;

/** Breaks the rule that a port has an adapter, and closes a circle. */
public interface PortWithoutAdapter {
    /** Of no use. */
    TokenManager manager();
}
