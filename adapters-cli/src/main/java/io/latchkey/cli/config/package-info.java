/**
 * The command config: configurations of proxies and other programs.
 *
 * <p>Uses {@code command}. What it prints is in {@code application.recipe}.
 *
 * <p>Begin with {@link io.latchkey.cli.config.PrintConfig}.
 */
@NullMarked
package io.latchkey.cli.config;

import org.jspecify.annotations.NullMarked;
