/**
 * The endpoints of InfluxDB 3, with its texts and statuses (contract, part B).
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}; nothing uses it.
 *
 * <p>Begin with {@code InfluxTokenController} for tokens, {@code QueryController} for SQL.
 */
@NullMarked
package io.latchkey.http.influxdb;

import org.jspecify.annotations.NullMarked;
