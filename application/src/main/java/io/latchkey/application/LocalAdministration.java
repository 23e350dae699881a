package io.latchkey.application;

import io.latchkey.application.usage.UseHistory;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenSecret;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Administration of the tokens of a store in the same process. */
record LocalAdministration(LocalAccess access) implements TokenAdministration {
    @Override
    public IssuedToken createOperator() {
        // Checked before the write lock is taken: this request needs no credential, and must not be a way to keep the
        // lock busy.
        if (access.registry().hasOperator()) {
            throw new TokenFailure.NameTaken(TokenName.OPERATOR);
        }
        switch (access.actor()) {
            case Actor.LocalBootstrap(), Actor.RemoteBootstrap()
            when !access.registry().isEmpty() -> throw new TokenFailure.Unauthenticated();
            case Actor.RemoteBootstrap() -> throw new TokenFailure.BootstrapRefused();
            case Actor _ -> {}
        }
        return issue(Change.CreateOperator::new);
    }

    @Override
    public IssuedToken create(NewToken token) {
        Lifetime allowed = access.policy().ofNew(token.lifetime(), access.now());
        return issue(digest ->
                new Change.CreateNamed(token.name(), digest, allowed, token.description(), token.attributes()));
    }

    @Override
    public IssuedToken regenerateOperator() {
        return issue(Change.RegenerateOperator::new);
    }

    @Override
    public TokenPage page(TokenQuery query) {
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.READ);
        Optional<TokenId> after = query.after();
        if (after.isPresent() && after.get().value() == TokenId.MOST) {
            return new TokenPage(List.of(), Optional.empty());
        }
        int lookedAt = visible.areAll() ? query.lookedAt() : TokenQuery.MOST;
        List<Token> found = access.store().page(after.map(TokenId::next).orElse(TokenId.FIRST), lookedAt);
        if (found.isEmpty()) {
            return new TokenPage(List.of(), Optional.empty());
        }
        TokenId last = found.getLast().id();
        Map<TokenId, List<TokenUse>> uses = access
                .registry()
                .uses(found.getFirst().id(), last)
                .stream()
                .collect(Collectors.groupingBy(TokenUse::token));
        Instant now = access.clock().instant();
        List<ListedToken> tokens = found.stream()
                .flatMap(token -> visible.seen(token).stream())
                .map(token -> new ListedToken(token, uses.getOrDefault(token.id(), List.of())))
                .filter(listed -> query.matches(listed, now))
                .limit(query.limit() + 1L)
                .toList();
        if (tokens.size() > query.limit()) {
            tokens = tokens.subList(0, query.limit());
            return new TokenPage(
                    access.withDays(tokens, query.days()),
                    Optional.of(tokens.getLast().token().id()));
        }
        return new TokenPage(
                access.withDays(tokens, query.days()), found.size() == lookedAt ? Optional.of(last) : Optional.empty());
    }

    @Override
    public Token find(TokenName name) {
        VisibleTokens visible = access.visible();
        visible.check(TokenPermission.READ, name);
        return access.store()
                .find(name)
                .flatMap(visible::seen)
                .orElseThrow(() -> new TokenFailure.NotFound(name.value()));
    }

    @Override
    public Token own() {
        if (access.actor() instanceof Actor.Holder holder) {
            return access.registry().stillValid(holder.digest());
        }
        throw new TokenFailure.Unauthenticated();
    }

    @Override
    public List<TokenUse> uses(TokenName name) {
        return access.registry().uses(find(name).id());
    }

    @Override
    public UseHistory useHistory(TokenName name) {
        return access.registry().useHistory(find(name).id(), access.now());
    }

    @Override
    public Token edit(TokenName name, TokenEdit edit, Precondition precondition) {
        return changed(new Change.Edit(name, access.policy().of(edit, access.now()), precondition));
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        access.make(new Change.Revoke(name, precondition));
    }

    @Override
    public RotatedToken rotate(
            TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition) {
        access.checkMayRotate(name);
        TokenSecret secret = TokenSecret.generate(access.random());
        return new RotatedToken(changed(new Rotation.Begin(name, secret.digest(), grace, key, precondition)), secret);
    }

    @Override
    public Token finishRotation(TokenName name, Precondition precondition) {
        access.checkMayRotate(name);
        return changed(new Rotation.Finish(name, precondition));
    }

    @Override
    public Token undoRotation(TokenName name, Precondition precondition) {
        access.checkMayRotate(name);
        return changed(new Rotation.Undo(name, precondition));
    }

    @Override
    public Token disable(TokenName name, Reason reason, Precondition precondition) {
        return changed(new Change.Disable(name, reason, precondition));
    }

    @Override
    public Token enable(TokenName name, Precondition precondition) {
        return changed(new Change.Enable(name, precondition));
    }

    @Override
    public PurgedTokens purge(Duration expiredFor) {
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.DELETE);
        UnaryOperator<Token> sight = access.sightOfChanged();
        PurgedTokens gone = new PurgeBatch(access, visible, access.now())
                .endAll(access.now().minus(expiredFor));
        return new PurgedTokens(gone.tokens().stream().map(sight).toList(), gone.more());
    }

    @Override
    public void burn(TokenSecret secret) {
        access.checkMayBurn(secret.digest());
        try {
            if (access.make(new Change.RevokeLeaked(secret.digest())) instanceof TokenEvent.OperatorSecretLeaked) {
                log().log(Level.WARNING, "the operator token was reported as leaked: regenerate it");
            }
        } catch (TokenFailure.NotFound _) {
            log().log(Level.DEBUG, "a secret that no token has was burned");
        }
    }

    /** Looked up only when needed: no command logs, and finding the logger would slow down each start. */
    private static System.Logger log() {
        return System.getLogger(TokenAdministration.class.getName());
    }

    private IssuedToken issue(Function<TokenDigest, Change> change) {
        TokenSecret secret = TokenSecret.generate(access.random());
        return IssuedToken.of(access.make(change.apply(secret.digest())).after().orElseThrow(), secret);
    }

    private Token changed(Change change) {
        UnaryOperator<Token> sight = access.sightOfChanged();
        return sight.apply(access.make(change).after().orElseThrow());
    }
}
