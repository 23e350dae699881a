package io.latchkey.wrong.cli;

import io.latchkey.wrong.application.PortWithoutAdapter;

/** Breaks the rule that a name says what a thing is, and closes a circle. */
public record TokenManager(PortWithoutAdapter port) {}
