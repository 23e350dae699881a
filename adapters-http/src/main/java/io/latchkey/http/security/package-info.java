/**
 * Who asks: credentials, authentication, public paths, creating the first token.
 *
 * <p>Uses {@code server}, {@code wire}.
 *
 * <p>Begin with {@code AuthenticationFilter} sees every request first; {@link io.latchkey.http.security.Caller} is
 * its result.
 *
 * <p>Why a new instance is not for the first caller: without a credential, the first operator token is given only to a process
 * that could as well create it on the database file. That is a process of the server's own user or of root, at the other end
 * of a loopback connection (Linux shows whose socket that is; elsewhere nobody qualifies), with nothing that a proxy or a
 * browser adds. What remains: a proxy that runs as that user or as root, speaks HTTP/1.1 and adds nothing.
 */
@NullMarked
package io.latchkey.http.security;

import org.jspecify.annotations.NullMarked;
