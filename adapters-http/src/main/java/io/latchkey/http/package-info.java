/**
 * The wire: the server's API, the client of an authority elsewhere, and the JSON that both speak.
 *
 * <p>Every request passes the {@link io.latchkey.http.security.AuthenticationFilter}, which authenticates it from its headers, in memory, on the
 * event loop, before its body is read. {@code InfluxTokenController} then answers InfluxDB 3's
 * endpoints and {@code TokenController} Latchkey's own; both do their work on platform threads, because
 * a store may block and pin. Whatever is refused, wherever, leaves through {@link io.latchkey.http.wire.Problem}.
 *
 * <p>Forward-auth is the exception: {@code ForwardAuthHandler} answers it in the pipeline of the
 * connection, before Micronaut sees it. Two reasons. Micronaut refuses by itself what it cannot parse, such as a query
 * with a brace or a bar in it, and a proxy that hands on the end user's query would make an error of that. And it costs
 * least: beside a bare Netty server that answers without looking (16 connections, the same transport, one run), it gave
 * 0.97 of the throughput at 1.17 times the CPU, of which the verdict and its four headers alone are 1.10; a filter before
 * routing gave 0.88 at 1.30, a controller 0.35 at 2.7. Nothing is kept ready for
 * each token: verdict and headers together cost 0.7 µs, almost half of it the hash, and what they allocate beyond bare
 * Netty's 1.1 KB a request is another 1.2 KB, about a third of it for the hash. Epoll saves about a twentieth of the CPU,
 * and is taken where there is Linux.
 *
 * <p>Requests and answers are read and written by hand with jackson-core: a handful of small records needs no mapper,
 * and a remote command starts faster without one.
 *
 * <p>{@code openapi.yml} is written by hand and held true by tests: its operations are Micronaut's routes, and every answer
 * to thousands of requests made from it has a status, type and schema that it foretells. micronaut-openapi 6.20, with what
 * is bound hidden from it, makes one of {@code /tokens/{+name}} and {@code /tokens} and loses what they share, gives every
 * operation a 200 of {@code type: object}, and describes Micronaut's cookies: signatures here hold requests and bytes. All
 * that is true would have to be repeated in annotations, and only the same tests would hold those true.
 */
@NullMarked
package io.latchkey.http;

import org.jspecify.annotations.NullMarked;
