package io.latchkey.wrong.http;

import java.sql.Connection;

/** Breaks the rule that SQL stays where the database is. */
record SpeaksSql(Connection connection) {}
