/**
 * The wire: the server's API, the client of an authority elsewhere, and the JSON that both speak.
 *
 * <p>Every request passes the {@link io.latchkey.http.Gate}, which authenticates it from its headers, in memory, on the
 * event loop, before its body is read. {@link io.latchkey.http.InfluxTokenController} then answers InfluxDB 3's
 * endpoints and {@link io.latchkey.http.TokenController} Latchkey's own; both do their work on platform threads, because
 * a store may block and pin. Whatever is refused, wherever, leaves through {@link io.latchkey.http.Refusal}.
 *
 * <p>Requests and answers are read and written by hand with jackson-core: a handful of small records needs no mapper,
 * and a remote command starts faster without one.
 */
@NullMarked
package io.latchkey.http;

import org.jspecify.annotations.NullMarked;
