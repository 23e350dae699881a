/**
 * The command scan: finds leaked tokens in files, streams and staged changes.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.scan.Scan}; the search is in {@code SecretSearch}.
 */
@NullMarked
package io.latchkey.cli.scan;

import org.jspecify.annotations.NullMarked;
