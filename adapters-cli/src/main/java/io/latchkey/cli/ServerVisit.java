package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerGreeting;
import io.latchkey.application.ServerGreeting.Condition;
import io.latchkey.domain.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server, as it shows itself to whoever asks. */
record ServerVisit(Authorities authorities, Location.Remote server, Optional<Credential> credential) {
    private static final Duration DRIFT = Duration.ofSeconds(5);

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            ServerGreeting greeting = authorities.greet(server, credential);
            findings.add(server(greeting));
            greeting.date().map(this::clock).ifPresent(findings::add);
            if (greeting.condition() == Condition.ANSWERING) {
                credential.map(this::token).ifPresent(findings::add);
            }
        } catch (AuthorityUnavailable e) {
            findings.add(Finding.failed("server", "", e));
        }
        return findings;
    }

    private Finding server(ServerGreeting greeting) {
        String who = greeting.product().orElse("a token authority that tells its version only to a token");
        return switch (greeting.condition()) {
            case ANSWERING -> Finding.good("server", server.address() + " answers as " + who);
            case UNAVAILABLE ->
                Finding.bad(
                        "server",
                        server.address() + " is a token authority that cannot answer now (503)",
                        "its log says why; look at its database with latchkey doctor on that machine");
        };
    }

    private Finding clock(Instant theirs) {
        Duration apart = Duration.between(theirs, authorities.clock().instant()).abs();
        return apart.compareTo(DRIFT) > 0
                ? Finding.bad(
                        "clock",
                        "the server's is " + apart.toSeconds() + " s off ours",
                        "set whichever is wrong: tokens expire by the server's")
                : Finding.good("clock", "the server's agrees with ours");
    }

    private Finding token(Credential presented) {
        try {
            authorities.ask(
                    server,
                    Optional.of(presented),
                    administration -> administration.summaries().size());
            return Finding.good("token", "the one from " + presented.source() + " is accepted");
        } catch (TokenFailure e) {
            return Finding.bad(
                    "token",
                    "the one from " + presented.source() + " is refused: " + e.sentence(),
                    "give a live one; the operator can make one");
        } catch (AuthorityUnavailable e) {
            return Finding.failed("token", "the one from " + presented.source() + " cannot be tried: ", e);
        }
    }
}
