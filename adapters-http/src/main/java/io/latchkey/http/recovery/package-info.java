/**
 * The recovery listener: a second port that replaces a lost operator token once.
 *
 * <p>Uses {@code security}, {@code server}, {@code tls}, {@code wire}; nothing uses it.
 *
 * <p>Begin with {@code RecoveryServer} starts it, {@code RecoveryEndpoint} answers.
 */
@NullMarked
package io.latchkey.http.recovery;

import org.jspecify.annotations.NullMarked;
