/**
 * Token introspection (RFC 7662), revocation (RFC 7009) and server metadata (RFC 8414).
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code OAuthController}.
 */
@NullMarked
package io.latchkey.http.oauth;

import org.jspecify.annotations.NullMarked;
