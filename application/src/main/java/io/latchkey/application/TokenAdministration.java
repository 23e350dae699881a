package io.latchkey.application;

import io.latchkey.application.usage.UseHistory;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Description;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates, finds, edits, rotates, disables and revokes the tokens of an authority, local or remote, on behalf of one
 * actor.
 *
 * <p>Every method either succeeds or throws a {@link TokenFailure} and changes nothing, except {@link #purge}, which
 * works in batches. It throws {@link AuthorityUnavailable} if the authority cannot be reached or its store cannot be
 * used. Safe for use by many threads.
 */
public interface TokenAdministration {
    /**
     * Creates the operator token of an instance that has none.
     *
     * @throws TokenFailure.NameTaken if the operator token already exists
     */
    IssuedToken createOperator();

    /**
     * Creates a named admin token or a resource token.
     *
     * @throws TokenFailure.NameTaken if a token has that name, even an expired one
     */
    IssuedToken create(NewToken token);

    /** Creates a named admin token without limits; as {@link #create}. */
    default IssuedToken createNamed(TokenName name, Lifetime lifetime, Description description) {
        return create(new NewToken(name, lifetime, description, Attributes.ADMIN));
    }

    /**
     * Replaces the secret of the operator token; the old secret stops working at once.
     *
     * @throws TokenFailure.Forbidden for a named admin token
     * @throws TokenFailure.NoOperator if there is no operator token
     */
    IssuedToken regenerateOperator();

    /** One page of tokens, expired ones included, with the use of each. Expiry is judged by the authority's clock. */
    TokenPage page(TokenQuery query);

    /** All pages of a query, each fetched when it is needed; every call starts again from the first page. */
    default TokenPages pages(TokenQuery query) {
        return new TokenPages(query, this::page);
    }

    /** All tokens that match a query, fetched page by page, so that they are never all in memory. */
    default Iterable<ListedToken> all(TokenQuery query) {
        return () -> pages(query).tokens();
    }

    /**
     * All tokens, expired ones included, in the order of their ids; in memory. Fetched page by page, so not as of one
     * moment.
     */
    default List<Token> list() {
        List<Token> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.add(listed.token()));
        return all;
    }

    /**
     * The token with that name.
     *
     * @throws TokenFailure.NotFound if there is none
     */
    Token find(TokenName name);

    /**
     * The token of the actor itself, which needs no permission.
     *
     * @throws TokenFailure.Unauthenticated if the actor has no token, or it is not valid
     */
    Token own();

    /** The summaries of all tokens, in the order of their ids; an InfluxDB 3 server can answer this, too. */
    default List<TokenSummary> summaries() {
        List<TokenSummary> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.add(TokenSummary.of(listed)));
        return all;
    }

    /** The use of all tokens, in the order of their ids, the oldest secret of each token first. */
    default List<TokenUse> uses() {
        List<TokenUse> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.addAll(listed.uses()));
        return all;
    }

    /**
     * The use of the token with that name, the oldest secret first.
     *
     * @throws TokenFailure.NotFound if there is no such token
     */
    List<TokenUse> uses(TokenName name);

    /**
     * The uses of the token with that name over time.
     *
     * @throws TokenFailure.NotFound if there is no such token
     */
    UseHistory useHistory(TokenName name);

    /**
     * Changes properties of a named token and returns the changed token; its secret stays.
     *
     * @throws TokenFailure.NotFound if there is no such token
     * @throws TokenFailure.NameTaken if the new name belongs to another token
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, if the actor is a named token
     * @throws TokenFailure.OperatorCannotBeEdited for the operator token, if the actor is anybody else
     */
    Token edit(TokenName name, TokenEdit edit, Precondition precondition);

    /**
     * Revokes a named token. Its name can be used again at once, its id never.
     *
     * @throws TokenFailure.NotFound if there is no such token
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, if the actor is a named token
     * @throws TokenFailure.OperatorCannotBeDeleted for the operator token, if the actor is anybody else
     */
    void revoke(TokenName name, Precondition precondition);

    /**
     * Begins a rotation: gives the token a new secret. The old secret stays valid for the grace period, but not longer
     * than the token itself.
     *
     * @param key recognizes a repeated request for the same rotation; valid until the next rotation of the token
     * @throws TokenFailure.NotFound if there is no such token
     * @throws TokenFailure.NoOperator if the operator token is meant and does not exist
     * @throws TokenFailure.AlreadyRotated if this key was used for the latest rotation; its secret cannot be shown
     *     again
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.RotationUnderWay while the previous secret is still valid
     * @throws TokenFailure.Forbidden for the operator token, if the actor is a named token
     */
    RotatedToken rotate(TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition);

    /**
     * Ends the grace period now: the previous secret is no longer valid.
     *
     * @throws TokenFailure.NoRotation if the previous secret is already invalid
     * @throws TokenFailure for the same reasons as {@link #rotate}
     */
    Token finishRotation(TokenName name, Precondition precondition);

    /**
     * Undoes a rotation: the previous secret becomes the token's secret again, and the new one is no longer valid.
     *
     * @throws TokenFailure.NoRotation if the previous secret is already invalid
     * @throws TokenFailure for the same reasons as {@link #rotate}
     */
    Token undoRotation(TokenName name, Precondition precondition);

    /**
     * Suspends a named token until it is enabled again. If it is already disabled, only the reason is replaced.
     *
     * @throws TokenFailure.NotFound if there is no such token
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, if the actor is a named token
     * @throws TokenFailure.OperatorCannotBeDisabled for the operator token, if the actor is anybody else
     */
    Token disable(TokenName name, Reason reason, Precondition precondition);

    /**
     * Enables a disabled token.
     *
     * @throws TokenFailure.NotFound if there is no such token
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.NotDisabled if the token is not disabled
     * @throws TokenFailure.Forbidden for the operator token, if the actor is a named token
     */
    Token enable(TokenName name, Precondition precondition);

    /**
     * Deletes named tokens that have been expired for at least the given time, lowest ids first, at most {@value
     * PurgedTokens#MOST} for each call. Each deletion is a ledger entry of its own.
     *
     * <p>Expiry is judged by the authority's clock. Not atomic: after a failure, the tokens deleted before it stay
     * deleted.
     *
     * @return the deleted tokens as they were; without those that somebody else deleted or changed in the meantime
     */
    PurgedTokens purge(Duration expiredFor);

    /**
     * Handles a leaked secret: revokes the token that has it, even an expired one. If the token is being rotated, only
     * the leaked old secret becomes invalid. A leak of the operator's secret is only recorded in the ledger. An unknown
     * secret is ignored.
     */
    void burn(TokenSecret secret);
}
