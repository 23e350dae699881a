package io.latchkey.persistence.model;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.SecretDigests;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.TokenVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The real form of what the model has as numbers. */
final class RealChange {
    /** Half a lease. */
    static final Duration TICK = Duration.ofMillis(500);

    private static final Instant BEGINNING = Instant.parse("2026-03-01T12:00:00Z");

    private RealChange() {}

    static Instant time(int now) {
        return BEGINNING.plus(TICK.multipliedBy(now));
    }

    static TokenName name(int name) {
        return name == ModelToken.OPERATOR ? TokenName.OPERATOR : new TokenName("token " + name);
    }

    static TokenDigest digest(int digest) {
        return TokenSecret.presented("secret " + digest).digest();
    }

    static TokenId id(int id) {
        return new TokenId(id - 1);
    }

    /** Who asks for a change. */
    static Actor actor(ModelChange change, ModelState state) {
        if (change.by() != ModelChange.OWNER) {
            ModelToken holder = state.ledger().stream()
                    .flatMap(entry -> entry.after().stream())
                    .filter(token -> token.id() == change.holder() && token.has(change.by()))
                    .findFirst()
                    .orElseThrow();
            return new Actor.Holder(id(holder.id()), name(holder.name()), digest(change.by()));
        }
        return switch (change.kind()) {
            case BOOTSTRAP -> new Actor.LocalBootstrap();
            case RECOVER -> new Actor.Recovery();
            case REPORT_LEAK -> new Actor.LeakReporter();
            case CREATE_OPERATOR,
                    CREATE,
                    IMPORT,
                    IMPORT_WITH_KNOWN_SECRET,
                    IMPORT_WITH_KNOWN_FORMER_SECRET,
                    ROTATE,
                    FINISH,
                    UNDO,
                    DISABLE,
                    ENABLE,
                    REVOKE,
                    RENAME -> new Actor.FileOwner();
        };
    }

    static Change of(ModelChange change, ModelState state) {
        TokenName name = name(change.name());
        TokenDigest fresh = digest(state.freshDigest());
        Precondition precondition = precondition(change, state);
        return switch (change.kind()) {
            case BOOTSTRAP, CREATE_OPERATOR -> new Change.CreateOperator(fresh);
            case CREATE -> new Change.CreateNamed(name, fresh, Lifetime.UNLIMITED, Description.NONE);
            case IMPORT -> imported(state, name, new SecretDigests(fresh, 1, List.of(), Optional.empty()));
            case IMPORT_WITH_KNOWN_SECRET ->
                imported(state, name, new SecretDigests(digest(change.other()), 1, List.of(), Optional.empty()));
            case IMPORT_WITH_KNOWN_FORMER_SECRET ->
                imported(
                        state,
                        name,
                        new SecretDigests(
                                fresh,
                                2,
                                List.of(new FormerSecret(
                                        1,
                                        digest(change.other()),
                                        Optional.of(time(state.now() + Decisions.GRACE)),
                                        Optional.empty())),
                                Optional.empty()));
            case ROTATE ->
                new Rotation.Begin(
                        name,
                        fresh,
                        new GracePeriod(TICK.multipliedBy(change.other())),
                        Optional.empty(),
                        precondition);
            case FINISH -> new Rotation.Finish(name, precondition);
            case UNDO -> new Rotation.Undo(name, precondition);
            case DISABLE -> new Change.Disable(name, Reason.NONE, precondition);
            case ENABLE -> new Change.Enable(name, precondition);
            case REVOKE -> new Change.Revoke(name, precondition);
            case RENAME ->
                new Change.Edit(
                        name,
                        new TokenEdit(Optional.of(name(change.other())), Optional.empty(), Optional.empty()),
                        precondition);
            case RECOVER -> new Change.RegenerateOperator(fresh);
            case REPORT_LEAK -> new Change.RevokeLeaked(digest(change.other()));
        };
    }

    private static Precondition precondition(ModelChange change, ModelState state) {
        return change.version() == 0
                ? Precondition.NONE
                : new Precondition(state.tokens().stream()
                        .filter(token -> token.name() == change.name())
                        .map(token -> new TokenVersion(id(token.id()), change.version()))
                        .toList());
    }

    private static Change imported(ModelState state, TokenName name, SecretDigests secrets) {
        Token token = new Token(
                new TokenVersion(TokenId.FIRST, 1),
                name,
                secrets,
                Description.NONE,
                Expiry.NEVER,
                time(state.now()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Attributes.ADMIN);
        return new Change.Import(token, Change.Import.Identity.NEW);
    }
}
