/**
 * Help, version, man pages and completion scripts for three shells, all made from the specs of the commands.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.help.Completion}, {@link io.latchkey.cli.help.ManualPage}.
 */
@NullMarked
package io.latchkey.cli.help;

import org.jspecify.annotations.NullMarked;
