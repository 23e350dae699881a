package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.ServerDescription;
import io.latchkey.application.ServerDescription.Condition;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.domain.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a server: its version, its clock and the token. */
record ServerCheck(Authorities authorities, Location.Remote server, Optional<Credential> credential) {
    private static final Duration DRIFT = Duration.ofSeconds(5);

    List<CheckResult> findings() {
        List<CheckResult> findings = new ArrayList<>();
        try {
            ServerDescription greeting = authorities.greet(server, credential);
            findings.add(server(greeting));
            greeting.date().map(this::clock).ifPresent(findings::add);
            if (greeting.condition() == Condition.ANSWERING) {
                credential.map(this::token).ifPresent(findings::add);
            }
        } catch (AuthorityUnavailable e) {
            findings.add(CheckResult.failed("server", "", e));
        }
        return findings;
    }

    private CheckResult server(ServerDescription greeting) {
        String who = greeting.product().orElse("a token authority that shows its version only to clients with a token");
        return switch (greeting.condition()) {
            case ANSWERING -> CheckResult.good("server", server.address() + " answers as " + who);
            case UNAVAILABLE ->
                CheckResult.bad(
                        "server",
                        server.address() + " is a token authority that cannot answer now (503)",
                        "see its log for the reason; check its database with latchkey doctor on that machine");
        };
    }

    private CheckResult clock(Instant theirs) {
        Duration apart = Duration.between(theirs, authorities.clock().instant()).abs();
        return apart.compareTo(DRIFT) > 0
                ? CheckResult.bad(
                        "clock",
                        "the server's clock differs by " + apart.toSeconds() + " s",
                        "correct the wrong clock: the server's decides when tokens expire")
                : CheckResult.good("clock", "the server's clock agrees with this one");
    }

    private CheckResult token(Credential presented) {
        try {
            authorities.ask(
                    server,
                    Optional.of(presented),
                    access -> access.tokens().summaries().size());
            return CheckResult.good("token", "the token from " + presented.source() + " is accepted");
        } catch (TokenFailure.PermissionMissing _) {
            return CheckResult.good(
                    "token", "the token from " + presented.source() + " is accepted, and may not list tokens");
        } catch (TokenFailure e) {
            return CheckResult.bad(
                    "token",
                    "the token from " + presented.source() + " is refused: " + e.sentence(),
                    "give a valid token; the operator can create one");
        } catch (AuthorityUnavailable e) {
            return CheckResult.failed("token", "the token from " + presented.source() + " cannot be checked: ", e);
        }
    }
}
