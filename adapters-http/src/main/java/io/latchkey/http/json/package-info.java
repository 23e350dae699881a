/**
 * Reads and writes JSON texts.
 *
 * <p>Uses the JDK, jackson-core and the application.
 *
 * <p>Begin with {@link io.latchkey.http.json.Json}, a parsed value, {@link io.latchkey.http.json.JsonFields}, an object
 * whose members are checked, and {@link io.latchkey.http.json.JsonWriter}.
 *
 * <p>Why there is no object mapper: a few small records do not need one, and remote commands start faster without it.
 */
@NullMarked
package io.latchkey.http.json;

import org.jspecify.annotations.NullMarked;
