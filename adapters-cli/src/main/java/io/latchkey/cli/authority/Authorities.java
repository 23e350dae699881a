package io.latchkey.cli.authority;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.ServerDescription;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** The way from a command to an authority. */
public interface Authorities {
    /** What an authority answers to a question asked on behalf of a token, or else of the file's owner. */
    <T> T ask(Location location, Optional<Credential> credential, Function<ActorAccess, T> question);

    /** The files that tokens are kept in. */
    DatabaseFiles files();

    /** A new token that no authority hears of; none is asked. */
    OfflineToken prepare(TokenName name, Lifetime lifetime, Description description);

    /** What a server says of itself to the holder of a token, or to anybody. */
    ServerDescription greet(Location.Remote server, Optional<Credential> credential);

    /** What time it is, for whoever tells of tokens. */
    InstantSource clock();
}
