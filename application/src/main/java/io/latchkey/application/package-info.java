/**
 * What can be done with tokens, and the ports that it takes: {@link io.latchkey.application.TokenAuthority} is the way
 * in, {@link io.latchkey.application.TokenStore} and {@link io.latchkey.application.RemoteAuthorities} are the ways
 * out. Knows the domain and the JDK.
 *
 * <p>There is one write path, {@link io.latchkey.application.TokenStore#append}, and one read path, {@link
 * io.latchkey.application.TokenAuthority#authenticate}: durable first, then memory, then the answer.
 */
package io.latchkey.application;
