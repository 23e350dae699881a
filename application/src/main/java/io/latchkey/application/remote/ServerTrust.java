package io.latchkey.application.remote;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which servers are believed to be what they say.
 *
 * @param authority a PEM file of authorities beside those that Java knows
 */
public record ServerTrust(Optional<Path> authority, Verification verification) {
    /** Servers whose certificates are signed by an authority that Java knows. */
    public static final ServerTrust DEFAULT = new ServerTrust(Optional.empty(), Verification.ON);

    /** Whether a server has to show a certificate that is good. */
    public enum Verification {
        ON,
        OFF
    }
}
