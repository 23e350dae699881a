/**
 * Reading and writing JSON texts.
 *
 * <p>Uses the JDK, jackson-core and the application.
 *
 * <p>Begin with {@link io.latchkey.http.json.Json} is a parsed value, {@link io.latchkey.http.json.JsonFields} a
 * checked object.
 */
@NullMarked
package io.latchkey.http.json;

import org.jspecify.annotations.NullMarked;
