package io.latchkey.cli.token;

import static java.util.stream.Collectors.joining;

import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.Grant;
import io.latchkey.domain.Network;
import io.latchkey.domain.Origins;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a token is accepted for something, or is not.
 *
 * @param name name of the token; empty if no token is known
 * @param heading what the answer calls it
 */
record Explanation(Optional<TokenName> name, String heading, List<Finding> findings) {
    /** What a finding means for the answer. */
    enum Outcome {
        OK,
        /** The token is not accepted, because of this. */
        MISSING,
        /** The question does not say enough to tell. */
        UNKNOWN
    }

    /** One finding. */
    record Finding(Outcome outcome, String subject, String text) {}

    /** What is asked about a token: a moment, perhaps an address and a request, and all permissions that are needed. */
    record Question(
            Instant at, Optional<Network> from, Optional<RequestRoute> request, List<RequiredPermission> permissions) {}

    Explanation {
        findings = List.copyOf(findings);
    }

    /** An explanation for a secret or a name that no token has. */
    static Explanation unknown(String heading, String what) {
        return new Explanation(Optional.empty(), heading, List.of(missing("token", what)));
    }

    /** What answers call the token of a name. */
    static String heading(TokenName name) {
        return "Token " + Quoted.quoted(name.value());
    }

    /**
     * The explanation for a token.
     *
     * @param presented digest of the secret in question; empty for the current one
     */
    static Explanation of(Token token, Optional<TokenDigest> presented, Question question) {
        List<Finding> findings = new ArrayList<>();
        findings.add(state(token, question.at()));
        presented.map(digest -> secret(token, digest, question.at())).ifPresent(findings::add);
        address(token.attributes().from(), question.from()).ifPresent(findings::add);
        route(token.attributes().routes(), question.request()).ifPresent(findings::add);
        question.permissions().forEach(required -> findings.add(permission(token, required)));
        return new Explanation(Optional.of(token.name()), heading(token.name()), findings);
    }

    private static Finding state(Token token, Instant at) {
        return switch (token.stateAt(at)) {
            case ACTIVE ->
                new Finding(
                        Outcome.OK,
                        "state",
                        token.expiry().end().map(end -> "valid until " + end).orElse("valid"));
            case PENDING ->
                missing(
                        "state",
                        "not valid before "
                                + token.attributes().notBefore().at().orElseThrow());
            case EXPIRED ->
                missing("state", "expired at " + token.expiry().end().orElseThrow());
            case DISABLED ->
                missing("state", "disabled " + rest(token.disablement().orElseThrow()));
        };
    }

    private static String rest(Disablement rest) {
        String reason = rest.reason().text();
        return "since " + rest.since() + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static Finding secret(Token token, TokenDigest digest, Instant at) {
        if (token.secrets().accepted(at).anyMatch(digest::equals)) {
            return new Finding(Outcome.OK, "secret", token.digest().equals(digest) ? "current" : "in its grace period");
        }
        return missing("secret", "replaced by a rotation, and its grace period is over");
    }

    private static Optional<Finding> address(Origins allowed, Optional<Network> from) {
        if (allowed.equals(Origins.ANYWHERE)) {
            return from.map(
                    address -> new Finding(Outcome.OK, "from", address.text() + " is allowed, as all addresses"));
        }
        String networks = String.join(" ", allowed.texts());
        if (from.isEmpty()) {
            return Optional.of(new Finding(
                    Outcome.UNKNOWN, "from", "accepted only from " + networks + ": ask for an address with --from"));
        }
        Network address = from.get();
        return Optional.of(
                allowed.allow(address.address())
                        ? new Finding(Outcome.OK, "from", address.text() + " is allowed by " + networks)
                        : missing("from", address.text() + " is not allowed, only " + networks));
    }

    private static Optional<Finding> route(Routes allowed, Optional<RequestRoute> request) {
        if (allowed.isEmpty()) {
            return request.map(_ -> new Finding(Outcome.OK, "route", "all requests are allowed"));
        }
        String routes = String.join(", ", allowed.texts());
        if (request.isEmpty()) {
            return Optional.of(new Finding(
                    Outcome.UNKNOWN,
                    "route",
                    "accepted only for " + routes
                            + ", and never by Latchkey itself: ask for a request with --request"));
        }
        return Optional.of(
                allowed.allow(request)
                        ? new Finding(Outcome.OK, "route", "the request is allowed by " + routes)
                        : missing("route", "the request is not allowed, only " + routes));
    }

    private static Finding permission(Token token, RequiredPermission required) {
        return switch (Grant.of(token.rights(), required)) {
            case Grant.Everything() ->
                new Finding(
                        Outcome.OK, "permission", required.text() + " is allowed: an admin token may do everything");
            case Grant.Allowed(var by) ->
                new Finding(Outcome.OK, "permission", required.text() + " is allowed by " + by.text());
            case Grant.Missing(var nearest) ->
                missing(
                        "permission",
                        required.text() + " is missing"
                                + nearest.map(near -> "; nearest is " + near.text())
                                        .orElse("; there is none of this type"));
        };
    }

    private static Finding missing(String subject, String text) {
        return new Finding(Outcome.MISSING, subject, text);
    }

    /** Whether nothing is missing or unknown: where no address is known, a token with origins is refused. */
    boolean isAccepted() {
        return findings.stream().allMatch(finding -> finding.outcome() == Outcome.OK);
    }

    private String answer() {
        if (isAccepted()) {
            return " is accepted\n";
        }
        return findings.stream().anyMatch(finding -> finding.outcome() == Outcome.MISSING)
                ? " is not accepted\n"
                : findings.stream()
                        .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                        .map(finding -> finding.subject().equals("from") ? "from some addresses" : "for some requests")
                        .collect(joining(" and ", " is accepted only ", "\n"));
    }

    /** The answer, and a line for each finding. */
    String text() {
        return heading
                + answer()
                + findings.stream()
                        .map(finding -> String.format(
                                Locale.ROOT,
                                "  %-7s  %s: %s%n",
                                word(finding.outcome()),
                                finding.subject(),
                                TerminalText.of(finding.text())))
                        .collect(joining());
    }

    /** As a JSON object. */
    JsonObject json() {
        return new JsonObject()
                .withText("token", name.map(TokenName::value))
                .with("accepted", isAccepted())
                .with(
                        "findings",
                        findings.stream()
                                .map(finding -> new JsonObject()
                                        .with("outcome", word(finding.outcome()))
                                        .with("subject", finding.subject())
                                        .with("text", finding.text())));
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
