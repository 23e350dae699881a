package io.latchkey.wrong.http.json;

import io.latchkey.wrong.http.server.Server;

/** Breaks the rule that packages are used in their order. */
record UsesTheServer(Server server) {}
