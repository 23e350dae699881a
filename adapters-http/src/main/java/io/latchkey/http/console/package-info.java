/**
 * The web console under {@code /console/}: pages for people, rendered here, which work without a script.
 *
 * <p>Uses {@code security}, {@code server}, {@code wire}; nothing uses it. The templates are in {@code src/main/jte};
 * the build makes a class of this package from each of them, so javac checks what they show.
 *
 * <p>Begin with {@code Console}, which knows all pages, then read {@code Sessions} and {@code SameOrigin}.
 *
 * <p>Why pages have no rules of their own about who may do what: they use the same ports as the API, on behalf of the
 * token that signed in. A page shows what these allow, and says which permission is missing otherwise.
 *
 * <p>Why a session ends when its token is rotated, even during the grace period of the old secret: the grace period is
 * for programs that cannot be told of the new secret at once. A person can sign in again.
 */
@NullMarked
package io.latchkey.http.console;

import org.jspecify.annotations.NullMarked;
