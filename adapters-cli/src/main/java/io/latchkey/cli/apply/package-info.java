/**
 * The command apply: the tokens that a YAML file declares.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}, {@code token}.
 *
 * <p>Begin with {@link io.latchkey.cli.apply.Apply}; the file is read by {@code TokensYaml}.
 */
@NullMarked
package io.latchkey.cli.apply;

import org.jspecify.annotations.NullMarked;
