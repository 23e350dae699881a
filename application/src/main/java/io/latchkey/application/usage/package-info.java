/**
 * How tokens are used over time: accepted and refused verdicts per hour and day.
 *
 * <p>Uses the domain and the JDK.
 *
 * <p>Begin with {@link io.latchkey.application.usage.UseHistory}.
 */
package io.latchkey.application.usage;
