/**
 * Health, readiness, ping and metrics.
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}, {@code json}; nothing uses it.
 *
 * <p>Begin with {@code HealthController} and {@code Metrics}.
 */
@NullMarked
package io.latchkey.http.monitoring;

import org.jspecify.annotations.NullMarked;
