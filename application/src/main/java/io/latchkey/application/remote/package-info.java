/**
 * Addresses of hosts, networks and servers, the trust in servers, and their answers.
 *
 * <p>Uses the domain and the JDK.
 *
 * <p>Begin with {@link io.latchkey.application.remote.HostAndPort}, {@link io.latchkey.application.remote.ServerTrust}.
 */
package io.latchkey.application.remote;
