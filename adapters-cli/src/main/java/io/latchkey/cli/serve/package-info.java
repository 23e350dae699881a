/**
 * The command serve: its options and the log.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}, {@code token}.
 *
 * <p>Begin with {@link io.latchkey.cli.serve.Serve}; all options end in {@link io.latchkey.cli.serve.ServerSettings}.
 */
@NullMarked
package io.latchkey.cli.serve;

import org.jspecify.annotations.NullMarked;
