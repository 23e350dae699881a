package io.latchkey.http.client;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.LedgerContract;
import io.latchkey.application.ManualClock;
import io.latchkey.application.TokenAdministrationContract;
import io.latchkey.application.TransferContract;
import io.latchkey.application.remote.ServerTrust;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.RunningServer;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The client against the server. */
final class HttpAdministrationTest implements TokenAdministrationContract, LedgerContract, TransferContract {
    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public ActorAccess holding(TokenSecret secret) {
        return at(Optional.of(secret));
    }

    @Override
    public ActorAccess newcomer() {
        return at(Optional.empty());
    }

    @Override
    public ManualClock clock() {
        return server.clock;
    }

    private ActorAccess at(Optional<TokenSecret> secret) {
        return new HttpRemoteAuthorities()
                .at(URI.create("http://127.0.0.1:" + server.port()), ServerTrust.DEFAULT, secret);
    }
}
