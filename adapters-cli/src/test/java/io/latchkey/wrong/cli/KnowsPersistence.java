package io.latchkey.wrong.cli;

import io.latchkey.wrong.persistence.Stored;

/** Breaks the rule that adapters do not know each other. */
record KnowsPersistence(Stored other) {}
