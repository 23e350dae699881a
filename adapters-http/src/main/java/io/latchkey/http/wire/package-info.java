/**
 * What server and client share: paths, header names, bodies and problems, in both directions.
 *
 * <p>Uses {@code json}. Holds no class of Micronaut, because commands have none on their class path.
 *
 * <p>Begin with {@link io.latchkey.http.wire.Paths} lists the endpoints, {@link io.latchkey.http.wire.TokenJson} is a
 * token, {@link io.latchkey.http.wire.Problem} is every refusal.
 */
@NullMarked
package io.latchkey.http.wire;

import org.jspecify.annotations.NullMarked;
