package io.latchkey.wrong.cli;

import java.net.http.HttpClient;

/** Breaks the rule that HTTP stays in its adapter. */
record SpeaksHttp(HttpClient client) {}
