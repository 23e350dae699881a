/**
 * Configurations of proxies and other programs that use Latchkey or search for its tokens.
 *
 * <p>Uses the domain and the JDK. The templates are resources beside it.
 *
 * <p>Begin with {@link io.latchkey.application.recipe.Recipe}.
 */
package io.latchkey.application.recipe;
