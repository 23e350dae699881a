package io.latchkey.cli.serve;

import io.latchkey.cli.authority.Authorities;
import java.net.URI;

/** Starts servers. */
public interface Servers extends Authorities {
    /** Starts a server. */
    Serving serve(ServerSettings settings);

    /** A running server. */
    interface Serving extends AutoCloseable {
        /** Its address. */
        URI address();

        /** Whether it has no tokens yet. */
        boolean isNew();

        /** Reloads files such as the certificate. */
        void reload();

        /** Finishes pending requests and stops. */
        @Override
        void close();
    }
}
