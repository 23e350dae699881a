package io.latchkey.application.remote;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which server certificates are accepted.
 *
 * @param authority a PEM file of additional certificate authorities
 */
public record ServerTrust(Optional<Path> authority, Verification verification) {
    /** Accepts certificates of the authorities that Java trusts. */
    public static final ServerTrust DEFAULT = new ServerTrust(Optional.empty(), Verification.ON);

    /** Whether the server's certificate is checked. */
    public enum Verification {
        ON,
        OFF
    }
}
