package io.latchkey.cli.serve;

import io.latchkey.cli.authority.Authorities;
import java.net.URI;

/** The way from {@code serve} to a running server. */
public interface Servers extends Authorities {
    /** An authority made to serve others. */
    Serving serve(ServerSettings settings);

    /** An authority that serves until it is closed. */
    interface Serving extends AutoCloseable {
        /** Where it listens. */
        URI address();

        /** Whether nobody has a token of it yet. */
        boolean isNew();

        /** Reads again the files that may change while it serves. */
        void reload();

        /** Answers what was asked and stops. */
        @Override
        void close();
    }
}
