package io.latchkey.wrong.http;

import io.latchkey.wrong.cli.TokenManager;

/** Breaks the rule that adapters do not know each other. */
record KnowsTheCommandLine(TokenManager other) {}
