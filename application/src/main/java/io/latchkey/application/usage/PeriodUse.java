package io.latchkey.application.usage;

import java.time.Instant;

/**
 * The uses of a token in one hour or day.
 *
 * @param start beginning of the hour or day
 */
public record PeriodUse(Instant start, UseCounts counts) {}
