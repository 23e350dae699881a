/**
 * What server and client share: paths, header names, request and response bodies, problem details.
 *
 * <p>Uses {@code json}. Has no dependency on Micronaut, because commands do not have it on their class path.
 *
 * <p>Begin with {@link io.latchkey.http.wire.Paths}, the list of endpoints, {@link io.latchkey.http.wire.TokenJson},
 * the JSON of a token, and {@link io.latchkey.http.wire.Problem}, the only form in which a request is refused.
 */
@NullMarked
package io.latchkey.http.wire;

import org.jspecify.annotations.NullMarked;
