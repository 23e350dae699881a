package io.latchkey.application;

import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerPage;
import io.latchkey.application.ledger.LedgerQuery;
import io.latchkey.application.ledger.LedgerRecord;
import io.latchkey.application.table.SystemQuery;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.TableFormat;
import io.latchkey.application.table.TableText;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Change.Import.Identity;
import io.latchkey.domain.Description;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.GracePeriod;
import io.latchkey.domain.IdempotencyKey;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Reason;
import io.latchkey.domain.Rotation;
import io.latchkey.domain.Timestamps;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Administration of an authority in the same process as its store. */
record LocalAdministration(
        Actor actor,
        TokenStore store,
        SystemTables tables,
        TokenRegistry registry,
        InstantSource clock,
        SecureRandom random,
        ExpiryPolicy policy)
        implements TokenAdministration {
    @Override
    public IssuedToken createOperator() {
        // Checked before the write lock is taken: this request needs no credential, and must not be a way to keep the
        // lock busy.
        if (registry.hasOperator()) {
            throw new TokenFailure.NameTaken(TokenName.OPERATOR);
        }
        switch (actor) {
            case Actor.LocalBootstrap(), Actor.RemoteBootstrap()
            when !registry.isEmpty() -> throw new TokenFailure.Unauthenticated();
            case Actor.RemoteBootstrap() -> throw new TokenFailure.BootstrapRefused();
            case Actor _ -> {}
        }
        return issue(Change.CreateOperator::new);
    }

    @Override
    public IssuedToken createNamed(TokenName name, Lifetime lifetime, Description description) {
        Lifetime allowed = policy.ofNew(lifetime, now());
        return issue(digest -> new Change.CreateNamed(name, digest, allowed, description));
    }

    @Override
    public IssuedToken regenerateOperator() {
        return issue(Change.RegenerateOperator::new);
    }

    @Override
    public TokenPage page(TokenQuery query) {
        checkMayLook();
        Optional<TokenId> after = query.after();
        if (after.isPresent() && after.get().value() == Long.MAX_VALUE) {
            return new TokenPage(List.of(), Optional.empty());
        }
        List<Token> found = store.page(after.map(TokenId::next).orElse(TokenId.FIRST), query.lookedAt());
        if (found.isEmpty()) {
            return new TokenPage(List.of(), Optional.empty());
        }
        TokenId last = found.getLast().id();
        Map<TokenId, List<TokenUse>> uses =
                registry.uses(found.getFirst().id(), last).stream().collect(Collectors.groupingBy(TokenUse::token));
        Instant now = clock.instant();
        List<ListedToken> tokens = found.stream()
                .map(token -> new ListedToken(token, uses.getOrDefault(token.id(), List.of())))
                .filter(listed -> query.matches(listed, now))
                .limit(query.limit() + 1L)
                .toList();
        if (tokens.size() > query.limit()) {
            tokens = tokens.subList(0, query.limit());
            return new TokenPage(tokens, Optional.of(tokens.getLast().token().id()));
        }
        return new TokenPage(tokens, found.size() == query.lookedAt() ? Optional.of(last) : Optional.empty());
    }

    @Override
    public Token find(TokenName name) {
        checkMayLook();
        return store.find(name).orElseThrow(() -> new TokenFailure.NotFound(name.value()));
    }

    @Override
    public List<TokenUse> uses(TokenName name) {
        return registry.uses(find(name).id());
    }

    @Override
    public Token edit(TokenName name, TokenEdit edit, Precondition precondition) {
        return changed(new Change.Edit(name, policy.of(edit, now()), precondition));
    }

    @Override
    public void revoke(TokenName name, Precondition precondition) {
        make(new Change.Revoke(name, precondition));
    }

    @Override
    public RotatedToken rotate(
            TokenName name, GracePeriod grace, Optional<IdempotencyKey> key, Precondition precondition) {
        TokenSecret secret = TokenSecret.generate(random);
        return new RotatedToken(changed(new Rotation.Begin(name, secret.digest(), grace, key, precondition)), secret);
    }

    @Override
    public Token finishRotation(TokenName name, Precondition precondition) {
        return changed(new Rotation.Finish(name, precondition));
    }

    @Override
    public Token undoRotation(TokenName name, Precondition precondition) {
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
        checkMayLook();
        return new PurgeBatch(actor, store, registry, now()).endAll(now().minus(expiredFor));
    }

    @Override
    public void burn(TokenSecret secret) {
        try {
            if (make(new Change.RevokeLeaked(secret.digest())) instanceof TokenEvent.OperatorSecretLeaked) {
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

    @Override
    public TableText query(SystemQuery query, TableFormat format) {
        boolean guest = actor instanceof Actor.Anonymous;
        if (!guest) {
            checkMayLook();
        }
        query.checkDatabase();
        PagedTokens all = new PagedTokens(store);
        SystemTokens seen = guest ? SystemTokens.withoutHash(all) : SystemTokens.of(all);
        // Without a limit: the limits are for statements that compute something, not for listing all tokens.
        return query.asksForAll()
                ? TableText.of(format.pieces(seen.toTable()))
                : TableText.bounded(format.pieces(tables.query(query.sql(), seen, now())), SystemTables.MOST_BYTES);
    }

    @Override
    public LedgerPage ledger(LedgerQuery query) {
        checkMayLook();
        query.checkKinds();
        List<LedgerRecord> found = new ArrayList<>();
        long seen = query.after();
        List<LedgerEntry> looked = query.id().isPresent()
                ? store.history(query.id().get(), query.after(), query.lookedAt())
                : store.tail(query.after(), query.lookedAt());
        for (LedgerEntry entry : looked) {
            seen = entry.revision();
            LedgerRecord line = LedgerRecord.of(entry);
            if (query.matches(line)) {
                found.add(line);
                if (found.size() == query.limit()) {
                    break;
                }
            }
        }
        boolean ended = query.id().isPresent()
                ? looked.size() < query.lookedAt() && found.size() < query.limit()
                : seen >= store.revision();
        return new LedgerPage(found, ended ? OptionalLong.empty() : OptionalLong.of(seen));
    }

    @Override
    public TokenPlan apply(List<DeclaredToken> wanted, Prune others, DryRun run) {
        checkMayLook();
        TokenPlan plan = TokenPlan.of(wanted, store.snapshot().tokens(), others);
        List<ChangeBatch.Numbered> changes = new ArrayList<>();
        for (int place = 0; place < plan.steps().size(); place++) {
            Optional<Change> change = plan.steps().get(place).change();
            if (change.isPresent()) {
                changes.add(new ChangeBatch.Numbered(place, change.get()));
            }
        }
        try {
            checkNotEnded(changes);
            together().make(changes, run);
        } catch (ChangeRefused e) {
            // Not a declared token but one that is pruned, so there is no index to report.
            throw e.index() < wanted.size() ? e : e.failure();
        }
        return plan;
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
        RevokedSecrets.among(registered.keySet(), store, now()).stream()
                .map(registered::get)
                .min(Comparator.naturalOrder())
                .ifPresent(place -> {
                    throw new ChangeRefused(
                            place,
                            new TokenFailure.Invalid(
                                    "hash",
                                    "this secret was revoked or replaced here, and stays so: make a new one, or bring"
                                            + " the token back with `import tokens`"));
                });
    }

    @Override
    public ImportResult adopt(List<Token> tokens, DryRun run) {
        checkMayLook();
        TokenStore.Snapshot present = store.snapshot();
        Map<TokenName, Token> byName =
                present.tokens().stream().collect(Collectors.toMap(Token::name, Function.identity()));
        boolean distinct = tokens.stream().map(Token::id).distinct().count() == tokens.size();
        Identity identity = present.revision() == 0 && distinct ? Identity.KEPT : Identity.NEW;
        // Ordered by id, because an empty instance keeps the ids.
        List<ChangeBatch.Numbered> changes = IntStream.range(0, tokens.size())
                .filter(place -> !has(
                        Optional.ofNullable(byName.get(tokens.get(place).name())),
                        tokens.get(place).digest()))
                .boxed()
                .sorted(Comparator.comparingLong(place -> tokens.get(place).id().value()))
                .map(place -> ChangeBatch.Numbered.adoption(place, tokens.get(place), identity))
                .toList();
        Instant now = now();
        // Only for tokens that are imported, because this reads the ledger.
        Set<TokenDigest> ended = RevokedSecrets.among(
                changes.stream()
                        .flatMap(placed -> tokens.get(placed.place()).secrets().accepted(now))
                        .collect(Collectors.toSet()),
                store,
                now);
        List<Token> adopted = together().make(changes, run).stream()
                .flatMap(event -> event.after().stream())
                .toList();
        return new ImportResult(
                adopted.size(),
                adopted.stream()
                        .filter(token -> token.secrets().accepted(now).anyMatch(ended::contains))
                        .toList());
    }

    @Override
    public StoreBackup backUp() {
        checkMayLook();
        return store.backUp();
    }

    @Override
    public void checkMayBackUp() {
        checkMayLook();
    }

    PreconfigurationResult preconfigure(Change.Register wanted) {
        // Reads the whole ledger, but only at a start and only if no token has the name.
        if (store.find(wanted.name()).isEmpty()
                && !RevokedSecrets.among(Set.of(wanted.digest()), store, now()).isEmpty()) {
            return PreconfigurationResult.ENDED;
        }
        try {
            make(wanted);
            return PreconfigurationResult.REGISTERED;
        } catch (TokenFailure.NameTaken _) {
            return has(store.find(wanted.name()), wanted.digest())
                    ? PreconfigurationResult.ALREADY_PRESENT
                    : PreconfigurationResult.ANOTHER_SECRET;
        } catch (TokenFailure.SecretTaken _) {
            return PreconfigurationResult.ANOTHER_NAME;
        }
    }

    private static boolean has(Optional<Token> token, TokenDigest digest) {
        return token.filter(present -> present.digest().equals(digest)).isPresent();
    }

    private void checkMayLook() {
        actor.checkMayAdminister();
        if (actor instanceof Actor.Holder holder) {
            var _ = registry.authenticated(holder.digest());
        }
    }

    private IssuedToken issue(Function<TokenDigest, Change> change) {
        TokenSecret secret = TokenSecret.generate(random);
        return IssuedToken.of(changed(change.apply(secret.digest())), secret);
    }

    private Token changed(Change change) {
        return make(change).after().orElseThrow();
    }

    /** Records the change in the store, then applies it to the registry. */
    private TokenEvent make(Change change) {
        // Truncated to the precision of the wire format; all other instants already have it.
        LedgerEntry entry = store.append(tokens -> change.decide(tokens, actor, now()));
        registry.follow(entry);
        return entry.event();
    }

    private ChangeBatch together() {
        return new ChangeBatch(actor, store, registry, policy, now());
    }

    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!Timestamps.contain(now)) {
            throw new AuthorityUnavailable("the clock of this machine says " + now + ": set it");
        }
        return now;
    }
}
