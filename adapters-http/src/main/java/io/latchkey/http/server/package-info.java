/**
 * How the server behaves, whoever asks: limits on bodies, connections and time, headers, errors, proxies.
 *
 * <p>Uses {@code tls}, {@code wire}, {@code json}.
 *
 * <p>Begin with {@code SlowClientHandler} ends slow connections, {@link io.latchkey.http.server.BodyBudget} bounds
 * memory, {@link io.latchkey.http.server.TrustedProxies} finds the address of the client.
 */
@NullMarked
package io.latchkey.http.server;

import org.jspecify.annotations.NullMarked;
