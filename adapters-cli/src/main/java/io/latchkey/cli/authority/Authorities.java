package io.latchkey.cli.authority;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ConsoleLink;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenStores;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenName;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Gives commands access to an authority. */
public interface Authorities {
    /** Asks an authority, authenticated by a token, or else as the owner of the database file. */
    <T> T ask(Location location, Optional<Credential> credential, Function<ActorAccess, T> question);

    /** Operations on database files. */
    DatabaseFiles files();

    /** Stores on this machine. */
    TokenStores stores();

    /** The format of exported tokens. */
    TokenLines lines();

    /** Creates a token without an authority. */
    OfflineToken prepare(TokenName name, Lifetime lifetime, Description description);

    /** The server's description of itself, which may contain more for a client with a token. */
    ServerDescription greet(Location.Remote server, Optional<Credential> credential);

    /** A link that signs in to the web console of a server. */
    ConsoleLink consoleLink(Location.Remote server, Optional<Credential> credential);

    /**
     * A link that signs the owner of a store in to the web console of the server that uses it.
     *
     * @throws AuthorityUnavailable if this user does not own the store, or the server cannot be reached or has no console
     */
    URI ownerLink(StoreLocation store, Location.Remote server);

    /** The clock that decides which tokens are expired in output. */
    InstantSource clock();
}
