/**
 * The client for a remote authority, for commands with {@code --host}: HTTP/1.1 over a socket, without Micronaut.
 *
 * <p>Uses {@code wire}, {@code json}, {@code tls}.
 *
 * <p>Begin with {@link io.latchkey.http.client.HttpRemoteAuthorities}, found by {@link java.util.ServiceLoader}, then
 * {@code HttpAccess}, which gives the ports, and {@code ApiClient}, which sends requests.
 *
 * <p>Why it does not use {@code java.net.http}: this client starts with a third of the CPU time.
 */
@NullMarked
package io.latchkey.http.client;

import org.jspecify.annotations.NullMarked;
