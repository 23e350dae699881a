/**
 * Who asks: credentials, authentication, public paths, creating the first token.
 *
 * <p>Uses {@code server}, {@code wire}.
 *
 * <p>Begin with {@code AuthenticationFilter} sees every request first; {@link io.latchkey.http.security.Caller} is
 * its result.
 */
@NullMarked
package io.latchkey.http.security;

import org.jspecify.annotations.NullMarked;
