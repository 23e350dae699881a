/**
 * Certificates and private keys of a server, and how they are reloaded while it runs.
 *
 * <p>Uses the JDK and Netty.
 *
 * <p>Begin with {@link io.latchkey.http.tls.TlsIdentity}, the content of the files, and {@link
 * io.latchkey.http.tls.ReloadingCertificate}, which watches them.
 */
@NullMarked
package io.latchkey.http.tls;

import org.jspecify.annotations.NullMarked;
