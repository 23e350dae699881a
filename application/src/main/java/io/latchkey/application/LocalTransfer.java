package io.latchkey.application;

import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Change;
import io.latchkey.domain.Change.Import.Identity;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Declarations, imports and backups of a store in the same process. */
record LocalTransfer(LocalAccess access) implements TokenTransfer {
    @Override
    public TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run) {
        VisibleTokens visible = access.visible();
        visible.checkSomeOf(TokenPermission.CREATE, TokenPermission.UPDATE);
        List<Token> present = access.store().snapshot().tokens().stream()
                .flatMap(token -> visible.seen(token).stream())
                .toList();
        TokenPlan plan = TokenPlan.of(wanted, present, others);
        List<ChangeBatch.Numbered> changes = new ArrayList<>();
        for (int place = 0; place < plan.steps().size(); place++) {
            Optional<Change> change = plan.steps().get(place).change();
            if (change.isPresent()) {
                changes.add(new ChangeBatch.Numbered(place, change.get()));
            }
        }
        try {
            for (ChangeBatch.Numbered placed : changes) {
                if (placed.change() instanceof Change.Register register) {
                    checkMayCreate(visible, register.name(), placed.place());
                }
            }
            checkNotEnded(changes);
            together().make(changes, run);
        } catch (ChangeRefused e) {
            // Not a declared token but one that is pruned, so there is no index to report.
            throw e.index() < wanted.size() ? e : e.failure();
        }
        return plan;
    }

    /** Before secrets are compared with any others, so that the refusal says nothing about them. */
    private static void checkMayCreate(VisibleTokens visible, TokenName name, int place) {
        try {
            visible.check(TokenPermission.CREATE, name);
        } catch (TokenFailure.PermissionMissing e) {
            throw new ChangeRefused(place, e);
        }
    }

    /**
     * Refuses to register a revoked or replaced secret again: a declaration that is older than the revocation must not
     * undo it.
     */
    private void checkNotEnded(List<ChangeBatch.Numbered> changes) {
        Map<TokenDigest, Integer> registered = new HashMap<>();
        for (ChangeBatch.Numbered placed : changes) {
            if (placed.change() instanceof Change.Register register) {
                registered.put(register.digest(), placed.place());
            }
        }
        RevokedSecrets.among(registered.keySet(), access.store(), access.now()).stream()
                .map(registered::get)
                .min(Comparator.naturalOrder())
                .ifPresent(place -> {
                    throw new ChangeRefused(
                            place,
                            new TokenFailure.Invalid(
                                    "hash",
                                    "this secret was revoked or replaced on this instance and cannot be declared"
                                            + " again: create a new secret, or restore the token with `import"
                                            + " tokens`"));
                });
    }

    @Override
    public ImportResult importTokens(List<Token> tokens, DryRun run) {
        VisibleTokens visible = access.visible();
        visible.checkSome(TokenPermission.CREATE);
        for (int place = 0; place < tokens.size(); place++) {
            checkMayCreate(visible, tokens.get(place).name(), place);
        }
        UnaryOperator<Token> sight = access.sightOfChanged();
        TokenStore.Snapshot present = access.store().snapshot();
        Map<TokenName, Token> byName = present.tokens().stream()
                .filter(token -> visible.allow(TokenPermission.CREATE, token))
                .collect(Collectors.toMap(Token::name, Function.identity()));
        boolean distinct = tokens.stream().map(Token::id).distinct().count() == tokens.size();
        Identity identity = present.revision() == 0 && distinct ? Identity.KEPT : Identity.NEW;
        // Ordered by id, because an empty instance keeps the ids.
        List<ChangeBatch.Numbered> changes = IntStream.range(0, tokens.size())
                .filter(place -> !LocalAccess.has(
                        Optional.ofNullable(byName.get(tokens.get(place).name())),
                        tokens.get(place).digest()))
                .boxed()
                .sorted(Comparator.comparingLong(place -> tokens.get(place).id().value()))
                .map(place -> ChangeBatch.Numbered.adoption(place, tokens.get(place), identity))
                .toList();
        Instant now = access.now();
        // Only for tokens that are imported, because this reads the ledger.
        Set<TokenDigest> ended = RevokedSecrets.among(
                changes.stream()
                        .flatMap(placed -> tokens.get(placed.place()).secrets().accepted(now))
                        .collect(Collectors.toSet()),
                access.store(),
                now);
        List<Token> adopted = together().make(changes, run).stream()
                .flatMap(event -> event.after().stream())
                .toList();
        return new ImportResult(
                adopted.size(),
                adopted.stream()
                        .filter(token -> token.secrets().accepted(now).anyMatch(ended::contains))
                        .map(sight)
                        .toList());
    }

    @Override
    public StoreBackup backUp() {
        checkMayBackUp();
        StoreBackup copy = access.store().backUp();
        access.backup().made(access.clock().instant());
        return copy;
    }

    @Override
    public void checkMayBackUp() {
        access.check(RequiredPermission.BACKUP);
    }

    private ChangeBatch together() {
        return new ChangeBatch(access, access.now());
    }
}
