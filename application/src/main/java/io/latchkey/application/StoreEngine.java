package io.latchkey.application;

/**
 * What this program keeps tokens with.
 *
 * @param name of the database, such as {@code SQLite}
 * @param version of the database
 * @param schema of the tables that this program makes, counted from 1
 */
public record StoreEngine(String name, String version, int schema) {}
