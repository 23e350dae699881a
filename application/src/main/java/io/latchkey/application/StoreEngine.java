package io.latchkey.application;

/**
 * The database engine of the store.
 *
 * @param name such as {@code SQLite}
 * @param version of the engine
 * @param schema version of the tables, counted from 1
 */
public record StoreEngine(String name, String version, int schema) {}
