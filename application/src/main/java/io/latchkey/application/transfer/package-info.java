/**
 * Tokens that come from elsewhere: declared in a file, or imported.
 *
 * <p>Uses the domain and the JDK.
 *
 * <p>Begin with {@link io.latchkey.application.transfer.TokenPlan}.
 */
package io.latchkey.application.transfer;
