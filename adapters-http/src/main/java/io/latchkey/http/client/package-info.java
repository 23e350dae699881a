/**
 * The client of an authority elsewhere, for commands with {@code --host}: HTTP/1.1 over a socket, without Micronaut.
 *
 * <p>Uses {@code wire}, {@code json}, {@code tls}. Its own code, because it starts with a third of the CPU time of
 * java.net.http.
 *
 * <p>Begin with {@link io.latchkey.http.client.HttpRemoteAuthorities} is found by {@link java.util.ServiceLoader},
 * {@code HttpAdministration} implements the port, {@code ApiClient} sends.
 */
@NullMarked
package io.latchkey.http.client;

import org.jspecify.annotations.NullMarked;
