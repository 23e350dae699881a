package io.latchkey.cli.scan;

import io.latchkey.application.ActorAccess;
import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.StoreLocation;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.cli.token.HiddenDigests;
import io.latchkey.domain.SecretScanner.Confidence;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reports the candidates of a scan. The authority is asked only if there are candidates, because most scans find
 * none; it is asked for the list of its tokens, so that no secret leaves this process.
 */
final class ScanReport {
    // Bounds the memory.
    private static final int MAX_CANDIDATES = 50_000;

    /** What is done with a token that was found. */
    private enum Consequence {
        NONE,
        BURN
    }

    /** Asks the authority about the collected candidates. */
    private interface Inquiry {
        void ask(Function<ActorAccess, Integer> question);
    }

    private final Environment environment;
    private final ResultFormat format;
    private final InstantSource clock;
    private final Optional<Inquiry> inquiry;
    private final Consequence consequence;
    private final Predicate<List<TokenName>> consent;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<TokenDigest> burned = new HashSet<>();
    private long matches;

    private ScanReport(
            Environment environment,
            ResultFormat format,
            InstantSource clock,
            Optional<Inquiry> inquiry,
            Consequence consequence,
            Predicate<List<TokenName>> consent) {
        this.environment = environment;
        this.format = format;
        this.clock = clock;
        this.inquiry = inquiry;
        this.consequence = consequence;
        this.consent = consent;
    }

    /**
     * A report that uses the authority of the arguments, or none if the database file does not exist.
     *
     * @param consent asks for confirmation before tokens are revoked
     */
    static ScanReport of(Authorities authorities, Arguments arguments, Predicate<List<TokenName>> consent) {
        ResultFormat format = ResultFormat.of(arguments);
        Consequence consequence = arguments.has("--burn") ? Consequence.BURN : Consequence.NONE;
        Location named = Location.of(arguments);
        Location location = consequence == Consequence.BURN ? named.existing() : named;
        Optional<Credential> credential = Credential.of(arguments);
        boolean absent = location instanceof Location.Store(StoreLocation.File(var file)) && Files.notExists(file);
        return new ScanReport(
                arguments.environment(),
                format,
                authorities.clock(),
                absent ? Optional.empty() : Optional.of(question -> authorities.ask(location, credential, question)),
                consequence,
                consent);
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
        if (candidates.size() == MAX_CANDIDATES) {
            flush();
        }
    }

    /** Reports all collected candidates; if the authority does not respond, only those with a valid checksum. */
    void flush() {
        if (candidates.isEmpty()) {
            return;
        }
        try {
            inquiry.ifPresentOrElse(
                    authority -> authority.ask(access -> {
                        judge(access);
                        return candidates.size();
                    }),
                    this::reportProven);
        } catch (TokenFailure | AuthorityUnavailable e) {
            reportProven();
            throw e;
        }
        candidates.clear();
    }

    private void judge(ActorAccess access) {
        Map<TokenDigest, Token> tokens = new HashMap<>();
        access.tokens().list().forEach(token -> {
            HiddenDigests.refuse(token);
            token.secrets().digests().forEach(digest -> tokens.put(digest, token));
        });
        if (tokens.isEmpty()) {
            HiddenDigests.refuseHolder(access);
        }
        Consequence agreed = agreed(tokens);
        for (Candidate candidate : candidates) {
            TokenDigest digest = candidate.secret().digest();
            Token token = tokens.get(digest);
            if (token != null) {
                report(
                        candidate,
                        digest,
                        state(token, digest),
                        Optional.of(token),
                        act(agreed, access, candidate, token));
            } else if (candidate.proof() == Confidence.CHECKSUM) {
                report(candidate, digest, State.UNKNOWN, Optional.empty(), Act.NONE);
            }
        }
    }

    /** What is done with the tokens among the candidates, after confirmation. */
    private Consequence agreed(Map<TokenDigest, Token> tokens) {
        List<TokenName> ending = candidates.stream()
                .map(candidate -> candidate.secret().digest())
                .flatMap(
                        digest -> Optional.ofNullable(tokens.get(digest))
                                .filter(token -> !token.isOperator() && !isDead(token, digest))
                                .stream())
                .map(Token::name)
                .distinct()
                .toList();
        boolean refused = consequence == Consequence.BURN && !ending.isEmpty() && !consent.test(ending);
        return refused ? Consequence.NONE : consequence;
    }

    /** The state of a found secret; {@code --format json} uses these words. */
    private enum State {
        LIVE("live token "),
        PENDING("not yet valid token "),
        EXPIRED("expired token "),
        DISABLED("disabled token "),
        RETIRED("retired secret of token "),
        UNKNOWN("unknown here"),
        UNCHECKED("perhaps live: no authority could be asked");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /** The action that was taken. */
    private enum Act {
        NONE(""),
        REVOKED("; burned"),
        RECORDED("; recorded only, because it is the operator token: regenerate it");

        private final String text;

        Act(String text) {
            this.text = text;
        }
    }

    private State state(Token token, TokenDigest digest) {
        return isDead(token, digest)
                ? State.RETIRED
                : switch (token.stateAt(clock.instant())) {
                    case ACTIVE -> State.LIVE;
                    case PENDING -> State.PENDING;
                    case EXPIRED -> State.EXPIRED;
                    case DISABLED -> State.DISABLED;
                };
    }

    private boolean isDead(Token token, TokenDigest digest) {
        return token.secrets()
                .former(digest)
                .filter(former -> !former.isInGraceAt(clock.instant()))
                .isPresent();
    }

    private Act act(Consequence agreed, ActorAccess access, Candidate candidate, Token token) {
        return switch (agreed) {
            case NONE -> Act.NONE;
            case BURN -> {
                TokenDigest digest = candidate.secret().digest();
                if (isDead(token, digest)) {
                    yield Act.NONE;
                }
                if (burned.add(digest)) {
                    access.tokens().burn(candidate.secret());
                }
                yield token.isOperator() ? Act.RECORDED : Act.REVOKED;
            }
        };
    }

    private void reportProven() {
        candidates.stream()
                .filter(candidate -> candidate.proof() == Confidence.CHECKSUM)
                .forEach(candidate ->
                        report(candidate, candidate.secret().digest(), State.UNCHECKED, Optional.empty(), Act.NONE));
    }

    private void report(Candidate candidate, TokenDigest digest, State state, Optional<Token> token, Act act) {
        matches++;
        Optional<String> name = token.map(owner -> owner.name().value());
        format.print(
                environment,
                () -> TokenSecret.masked(TerminalText.of(candidate.place())) + ":" + candidate.line() + ": "
                        + candidate.secret() + " with hash " + digest.abbreviated() + ": " + state.text
                        + name.map(Quoted::quoted).orElse("") + act.text + "\n",
                () -> new JsonObject()
                        .with("file", TokenSecret.masked(candidate.place()))
                        .with("line", candidate.line())
                        .with("hash", digest.hex())
                        .with("state", state.name().toLowerCase(Locale.ROOT))
                        .withText("token", name)
                        .with("action", act.name().toLowerCase(Locale.ROOT)));
    }

    /** The number of reported places. */
    long matches() {
        return matches;
    }

    String summary() {
        return matches == 1 ? "1 match" : matches + " matches";
    }
}
