/**
 * The recovery listener: a second port where a lost operator token can be replaced once.
 *
 * <p>Uses {@code security}, {@code server}, {@code tls}, {@code wire}; nothing uses it.
 *
 * <p>Begin with {@code RecoveryServer}, which starts it, and {@code RecoveryEndpoint}, which answers.
 */
@NullMarked
package io.latchkey.http.recovery;

import org.jspecify.annotations.NullMarked;
