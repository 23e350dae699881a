/**
 * Verdicts for reverse proxies: nginx, Caddy, HAProxy and others ask about each request.
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}; nothing uses it. A hot path: no lock, no I/O.
 *
 * <p>Begin with {@code ForwardAuthHandler} answers before Micronaut sees the request, {@code ForwardAuth} decides.
 */
@NullMarked
package io.latchkey.http.forwardauth;

import org.jspecify.annotations.NullMarked;
