package io.latchkey.application;

import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Administration of an authority whose store is at hand. */
record StoredAdministration(
        Actor actor,
        TokenStore store,
        SystemTables tables,
        TokenRegistry registry,
        InstantSource clock,
        SecureRandom random)
        implements TokenAdministration {
    @Override
    public IssuedToken createOperator() {
        // Anybody may ask for this without a credential, and must not keep the store's write lock busy in vain.
        if (registry.hasOperator()) {
            throw new TokenFailure.NameTaken(TokenName.OPERATOR);
        }
        switch (actor) {
            case Actor.Bootstrap(), Actor.Stranger()
            when !registry.isEmpty() -> throw new TokenFailure.Unauthenticated();
            case Actor.Stranger() -> throw new TokenFailure.BootstrapRefused();
            case Actor _ -> {}
        }
        return issue(Change.CreateOperator::new);
    }

    @Override
    public IssuedToken createNamed(TokenName name, Lifetime lifetime, Description description) {
        return issue(digest -> new Change.CreateNamed(name, digest, lifetime, description));
    }

    @Override
    public IssuedToken regenerateOperator() {
        return issue(Change.RegenerateOperator::new);
    }

    @Override
    public List<Token> list() {
        checkMayLook();
        return store.snapshot().tokens();
    }

    @Override
    public Token find(TokenName name) {
        checkMayLook();
        return store.find(name).orElseThrow(() -> new TokenFailure.NotFound(name.value()));
    }

    @Override
    public Token edit(TokenName name, TokenEdit edit, Precondition precondition) {
        return make(new Change.Edit(name, edit, precondition)).after().orElseThrow();
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        make(new Change.Revoke(name, precondition));
    }

    @Override
    public void burn(TokenSecret secret) {
        try {
            if (make(new Change.Burn(secret.digest())) instanceof TokenEvent.Exposed) {
                log().log(Level.WARNING, "the operator token was found by somebody: regenerate it");
            }
        } catch (TokenFailure.NotFound _) {
            log().log(Level.DEBUG, "a secret that no token has was burned");
        }
    }

    /** Looked for only now: finding it takes longer than what a command does, and no command needs it. */
    private static System.Logger log() {
        return System.getLogger(TokenAdministration.class.getName());
    }

    @Override
    public String query(SystemQuery query, TableFormat format) {
        boolean guest = actor instanceof Actor.Guest;
        if (!guest) {
            checkMayLook();
        }
        query.checkDatabase();
        List<Token> all = store.snapshot().tokens();
        SystemTokens seen = guest ? SystemTokens.withoutHash(all) : SystemTokens.of(all);
        // However many there are: the bounds are for what a statement may make of them.
        return format.write(query.asksForAll() ? seen.toTable() : tables.query(query.sql(), seen, now()));
    }

    Preconfiguration preconfigure(Change.Register wanted) {
        if (store.find(wanted.name()).isEmpty() && wasEnded(wanted.digest())) {
            return Preconfiguration.ENDED;
        }
        try {
            make(wanted);
            return Preconfiguration.REGISTERED;
        } catch (TokenFailure.NameTaken _) {
            return has(store.find(wanted.name()), wanted.digest())
                    ? Preconfiguration.KNOWN
                    : Preconfiguration.ANOTHER_SECRET;
        } catch (TokenFailure.SecretTaken _) {
            return Preconfiguration.ANOTHER_NAME;
        }
    }

    /** Reads the whole ledger: asked only at a start, for a name that no token has. */
    private boolean wasEnded(TokenDigest digest) {
        return store.tail(0).stream()
                .map(LedgerEntry::event)
                .anyMatch(event -> has(event.before(), digest) && !has(event.after(), digest));
    }

    private static boolean has(Optional<Token> token, TokenDigest digest) {
        return token.filter(some -> some.digest().equals(digest)).isPresent();
    }

    private void checkMayLook() {
        actor.checkMayAdminister();
        if (actor instanceof Actor.Holder holder) {
            registry.authenticated(holder.digest());
        }
    }

    private IssuedToken issue(Function<TokenDigest, Change> change) {
        TokenSecret secret = TokenSecret.generate(random);
        return IssuedToken.of(make(change.apply(secret.digest())).after().orElseThrow(), secret);
    }

    /** Durable first, then memory, then the answer. */
    private TokenEvent make(Change change) {
        // Everywhere else an instant already has the precision of the wire.
        LedgerEntry entry = store.append(tokens -> change.decide(tokens, actor, now()));
        registry.follow(entry);
        return entry.event();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
