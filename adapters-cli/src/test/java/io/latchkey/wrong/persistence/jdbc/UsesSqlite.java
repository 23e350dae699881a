package io.latchkey.wrong.persistence.jdbc;

import io.latchkey.wrong.persistence.sqlite.DatabaseFile;

/** Breaks the rule that packages are used in their order. */
record UsesSqlite(DatabaseFile file) {}
