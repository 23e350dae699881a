/**
 * The endpoints of Latchkey's own API under {@code /api/v1}, and its description.
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code TokenController}; then {@code openapi.yml} among the resources.
 */
@NullMarked
package io.latchkey.http.api;

import org.jspecify.annotations.NullMarked;
