/**
 * Everything that speaks HTTP: the server's endpoints, the client for remote authorities, and the JSON of both.
 *
 * <p>Holds no types of its own. The packages may use {@code application} and {@code domain}, and each other as their
 * descriptions say; ArchUnit enforces the order.
 *
 * <p>Begin with {@code http.security}, which sees every request first, then {@code http.api}.
 */
@NullMarked
package io.latchkey.http;

import org.jspecify.annotations.NullMarked;
