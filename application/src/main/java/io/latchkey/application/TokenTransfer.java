package io.latchkey.application;

import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.util.List;

/**
 * Moves many tokens at once into or out of an authority, on behalf of one actor: declarations, imports and backups.
 *
 * <p>Every method either succeeds or throws a {@link TokenFailure} and changes nothing. It throws {@link
 * AuthorityUnavailable} if the authority cannot be reached or its store cannot be used. Safe for use by many threads.
 */
public interface TokenTransfer {
    /**
     * Brings the tokens into the declared state, all or nothing; applying the same declaration twice changes nothing.
     *
     * <p>A token without {@code expiry} never expires; the policy's default expiry is not applied to declared tokens.
     *
     * @return the changes made, or the changes that a dry run would make
     * @throws ChangeRefused if a declared token is refused, with its index
     */
    TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run);

    /**
     * Imports tokens of another instance, all or none. A token that already exists with the same name and secret is
     * left as it is.
     *
     * @throws ChangeRefused if a token is refused, with its index
     */
    ImportResult importTokens(List<Token> tokens, DryRun run);

    /**
     * A consistent copy of the store, made while it stays in use; the caller must close it.
     *
     * @throws TokenFailure.LedgerBroken if the ledger was tampered with
     */
    StoreBackup backUp();

    /** Throws what {@link #backUp()} would throw for this actor, without copying anything. */
    void checkMayBackUp();
}
