package io.latchkey.application;

import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
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
import java.util.OptionalLong;

/**
 * The conversation of an administrator, here or elsewhere; who speaks was settled before it began.
 *
 * <p>Every method refuses with a {@link TokenFailure} and leaves everything as it was, or fails with an {@link
 * AuthorityUnavailable} when the authority cannot be asked.
 */
public interface TokenAdministration {
    /**
     * The operator token of an instance that has none.
     *
     * @throws TokenFailure.NameTaken if there is one
     */
    IssuedToken createOperator();

    /**
     * A new named admin token.
     *
     * @throws TokenFailure.NameTaken if any token has that name, live or expired
     */
    IssuedToken createNamed(TokenName name, Lifetime lifetime, Description description);

    /**
     * A new secret for the operator token; the old one is dead at once.
     *
     * @throws TokenFailure.Forbidden for a named admin token
     * @throws TokenFailure.NoOperator if there is none
     */
    IssuedToken regenerateOperator();

    /**
     * Some of the tokens, expired ones included, and how they were used.
     *
     * <p>By the authority's clock.
     */
    TokenPage page(TokenQuery query);

    /** The pages that answer a question, each asked for when it is needed, and anew each time. */
    default TokenPages pages(TokenQuery query) {
        return new TokenPages(query, this::page);
    }

    /** The tokens that a question is for, page by page: as many as there may be, never all of them in memory. */
    default Iterable<ListedToken> all(TokenQuery query) {
        return () -> pages(query).tokens();
    }

    /** All tokens, expired ones included, in the order of their ids; in memory. */
    default List<Token> list() {
        List<Token> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.add(listed.token()));
        return all;
    }

    /**
     * The token of a name.
     *
     * @throws TokenFailure.NotFound if there is none
     */
    Token find(TokenName name);

    /** What a list shows of all tokens, in the order of their ids; an InfluxDB 3 can be asked for it, too. */
    default List<TokenSummary> summaries() {
        List<TokenSummary> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.add(TokenSummary.of(listed)));
        return all;
    }

    /** How all tokens were used, in the order of their ids, the oldest secret of each first. */
    default List<TokenUse> uses() {
        List<TokenUse> all = new ArrayList<>();
        all(TokenQuery.ALL).forEach(listed -> all.addAll(listed.uses()));
        return all;
    }

    /**
     * How the token of a name was used, the oldest secret first.
     *
     * @throws TokenFailure.NotFound if there is none
     */
    List<TokenUse> uses(TokenName name);

    /**
     * The named token after new values were given to some of its properties; its secret stays.
     *
     * @throws TokenFailure.NotFound if there is none of that name
     * @throws TokenFailure.NameTaken if the new name belongs to another token
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, asked by a named one
     * @throws TokenFailure.OperatorCannotBeEdited for the operator token, asked by anybody else
     */
    Token edit(TokenName name, TokenEdit edit, Precondition precondition);

    /**
     * Ends a named token; its name is free at once, its id never again.
     *
     * @throws TokenFailure.NotFound if there is none of that name
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, asked by a named one
     * @throws TokenFailure.OperatorCannotBeDeleted for the operator token, asked by anybody else
     */
    void revoke(TokenName name, Precondition precondition);

    /**
     * A new secret for a token, or for the operator token by whoever may regenerate it; the old one is accepted beside
     * it during the grace, which ends with the token at the latest.
     *
     * @param key by which the same rotation, asked for again, is known; a key counts until the next one
     * @throws TokenFailure.NotFound if there is none of that name
     * @throws TokenFailure.NoOperator if it is the operator's and there is none
     * @throws TokenFailure.AlreadyRotated if it was done with this key: the secret cannot be had again
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.RotationUnderWay while the secret before is accepted
     * @throws TokenFailure.Forbidden for the operator token, asked by a named one
     */
    RotatedToken rotate(TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition);

    /**
     * Ends the secret before, although its grace is not over.
     *
     * @throws TokenFailure.NoRotation if it is dead already
     * @throws TokenFailure for the same reasons as {@link #rotate}
     */
    Token finishRotation(TokenName name, Precondition precondition);

    /**
     * Makes the secret before the token's secret again, and ends the one after it.
     *
     * @throws TokenFailure.NoRotation if it is dead already
     * @throws TokenFailure for the same reasons as {@link #rotate}
     */
    Token undoRotation(TokenName name, Precondition precondition);

    /**
     * Lets a named token open nothing until it is enabled; one that is disabled already gets the new reason.
     *
     * @throws TokenFailure.NotFound if there is none of that name
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.Forbidden for the operator token, asked by a named one
     * @throws TokenFailure.OperatorCannotBeDisabled for the operator token, asked by anybody else
     */
    Token disable(TokenName name, Reason reason, Precondition precondition);

    /**
     * Lets a disabled token open again what it opened.
     *
     * @throws TokenFailure.NotFound if there is none of that name
     * @throws TokenFailure.VersionMismatch if the precondition does not hold
     * @throws TokenFailure.NotDisabled if it is not
     * @throws TokenFailure.Forbidden for the operator token, asked by a named one
     */
    Token enable(TokenName name, Precondition precondition);

    /**
     * Ends named tokens that expired so long ago, each by an act of its own: the {@value PurgedTokens#MOST} with the lowest
     * ids at most.
     *
     * <p>Each is ended or not; a failure half-way leaves those ended that were.
     *
     * @return those that are gone, as they were; not those that somebody else ended or changed meanwhile
     */
    PurgedTokens purge(Duration expiredFor);

    /**
     * Ends the token whose secret was found where it should not be, if any has it, even an expired one; of a token that
     * is being rotated the old secret ends alone, and the operator token is only marked in the ledger.
     */
    void burn(TokenSecret secret);

    /**
     * The answer to a question in SQL about the tokens, written in a format: one that asks for all tokens is answered
     * page by page, any other at once, and then it is bounded in time and length.
     *
     * <p>Ends soon after the calling thread is interrupted.
     *
     * @throws TokenFailure.NoSuchDatabase if the question is for another database than the tokens'
     * @throws TokenFailure.BadQuery if it is wrong, wants more than it may, or takes too long
     */
    TableText query(SystemQuery query, TableFormat format);

    /**
     * Makes the tokens be as somebody wants them, all of it or nothing; doing it twice changes nothing.
     *
     * <p>An end that is not declared is declared not to be: of a policy, the usual lifetime is not for these tokens.
     *
     * @return what was done, or would be
     * @throws ChangeRefused if one of those that are wanted cannot be had, by its place among them
     */
    TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run);

    /**
     * Takes over tokens of another instance, all or none; one that is there with the same name and secret stays as it is.
     *
     * @throws ChangeRefused if one cannot be had, by its place among them
     */
    ImportResult adopt(List<Token> tokens, DryRun run);

    /**
     * The next entries of the ledger that are asked for; none does not mean that none follow.
     *
     * @throws TokenFailure.Invalid if a kind is asked for that no entry has
     */
    LedgerPage ledger(LedgerQuery query);

    /** All entries that match a query, page by page; the entries written meanwhile included. */
    default List<LedgerRecord> wholeLedger(LedgerQuery query) {
        List<LedgerRecord> lines = new ArrayList<>();
        OptionalLong next = OptionalLong.of(query.after());
        while (next.isPresent()) {
            LedgerPage page = ledger(query.after(next.getAsLong()));
            lines.addAll(page.lines());
            next = page.next();
        }
        return lines;
    }

    /**
     * A copy of all that is kept, while others go on using it.
     *
     * @throws TokenFailure.LedgerBroken if it would not be whole
     */
    StoreBackup backUp();

    /** Refuses whomever {@link #backUp()} would refuse, and copies nothing. */
    void checkMayBackUp();
}
