/**
 * What is the same for all requests: limits on bodies, connections and time; headers, errors and proxies.
 *
 * <p>Uses {@code tls}, {@code wire}, {@code json}.
 *
 * <p>Begin with {@code SlowClientHandler}, which closes slow connections, {@link io.latchkey.http.server.BodyBudget},
 * which bounds the memory of bodies, and {@link io.latchkey.http.server.TrustedProxies}, which finds the address of the
 * client.
 */
@NullMarked
package io.latchkey.http.server;

import org.jspecify.annotations.NullMarked;
