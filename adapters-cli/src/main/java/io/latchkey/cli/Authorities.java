package io.latchkey.cli;

import io.latchkey.application.PreparedToken;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.TokenAdministration;
import io.latchkey.application.TokenFiles;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** The way from a command to an authority. */
interface Authorities {
    /** What an authority answers to a question asked on behalf of a token, or else of the file's owner. */
    <T> T ask(Location location, Optional<Credential> credential, Function<TokenAdministration, T> question);

    /** The files that tokens are kept in. */
    TokenFiles files();

    /** A new token that no authority hears of; none is asked. */
    PreparedToken prepare(TokenName name, Lifetime lifetime, Description description);

    /** What a server says of itself to the holder of a token, or to anybody. */
    ServerGreeting greet(Location.Remote server, Optional<Credential> credential);

    /** What time it is, for whoever tells of tokens. */
    InstantSource clock();

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
