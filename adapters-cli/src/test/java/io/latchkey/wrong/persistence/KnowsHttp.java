package io.latchkey.wrong.persistence;

import io.latchkey.wrong.http.api.ShowsItself;

/** Breaks the rule that adapters do not know each other. */
record KnowsHttp(ShowsItself other) {}
