/**
 * The command config: configurations of proxies and other programs.
 *
 * <p>Uses {@code command}, {@code terminal}. The templates are resources beside it.
 *
 * <p>Begin with {@link io.latchkey.cli.config.ConfigTemplate}.
 */
@NullMarked
package io.latchkey.cli.config;

import org.jspecify.annotations.NullMarked;
