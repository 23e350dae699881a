package io.latchkey.application;

import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenKind;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The tokens that an actor may see: all of them, or the resource tokens that its permissions name, without their digests. For
 * a resource token, admin tokens do not exist.
 */
record VisibleTokens(Rights rights) {
    /** Whether the actor sees everything. */
    boolean areAll() {
        return switch (rights) {
            case Rights.All() -> true;
            case Permissions _ -> false;
        };
    }

    /** Refuses an actor that may do neither of two acts to any token. */
    void checkSomeOf(TokenPermission one, TokenPermission other) {
        if (!rights.allowSome("tokens", other.word())) {
            checkSome(one);
        }
    }

    /** Refuses an actor that may not do this to any token. */
    void checkSome(TokenPermission act) {
        if (!rights.allowSome("tokens", act.word())) {
            throw new TokenFailure.PermissionMissing(act.onSome());
        }
    }

    /** Refuses an actor that may read no part of the ledger. */
    void checkSomeLedger() {
        if (!rights.allowSome("ledger", "read")) {
            throw new TokenFailure.PermissionMissing("ledger:*:read");
        }
    }

    /** Refuses an actor that may not do this to the token of a name, whether or not it exists. */
    void check(TokenPermission act, TokenName name) {
        act.on(name).check(rights);
    }

    /** Whether the actor may do this to a token. */
    boolean allow(TokenPermission act, Token token) {
        return act.isAllowed(rights, token);
    }

    /** The token as the actor sees it; empty if the actor must not see it. */
    Optional<Token> seen(Token token) {
        if (areAll()) {
            return Optional.of(token);
        }
        return allow(TokenPermission.READ, token) ? Optional.of(token.withoutDigests()) : Optional.empty();
    }

    /** Those of some tokens that the actor may see, as it sees them. */
    Iterator<Token> of(Iterator<Token> tokens) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(tokens, 0), false)
                .flatMap(token -> seen(token).stream())
                .iterator();
    }

    /**
     * A ledger entry as the actor sees it; empty if it concerns a token that the actor must not see. Who made the change is
     * named only if it is the token itself or the reader, because the name of an admin must not be learnt.
     */
    Optional<LedgerRecord> seen(LedgerRecord entry, Optional<TokenId> reader) {
        if (areAll()) {
            return Optional.of(entry);
        }
        boolean visible = Stream.concat(entry.before().stream(), entry.after().stream())
                .allMatch(token -> token.kind() == TokenKind.RESOURCE
                        && rights.allow(
                                RequiredPermission.of("ledger", token.name().value(), "read")));
        return visible ? Optional.of(entry.withoutDigests(reader)) : Optional.empty();
    }
}
