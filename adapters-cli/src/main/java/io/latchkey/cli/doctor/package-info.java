/**
 * The command doctor: one check for each common problem.
 *
 * <p>Uses {@code authority}, {@code command}, {@code terminal}.
 *
 * <p>Begin with {@link io.latchkey.cli.doctor.Doctor}; each check returns a {@code CheckResult}.
 */
@NullMarked
package io.latchkey.cli.doctor;

import org.jspecify.annotations.NullMarked;
