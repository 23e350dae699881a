package io.latchkey.application;

import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.notification.DeliveryCounts;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.NotificationDelivery;
import io.latchkey.application.notification.NotificationQueue;
import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table;
import io.latchkey.application.usage.MinuteVerdicts;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.RequestRoute;
import io.latchkey.domain.RequiredPermission;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenPermission;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A token authority over a store: verifies secrets and administers tokens.
 *
 * <p>Safe for use by many threads. Closing it leaves the store open.
 */
public final class TokenAuthority implements AutoCloseable {
    /** How far a synchronized clock may be set back without a warning. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final TokenStore store;
    private final SystemTables tables;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ExpiryPolicy policy;
    private final SelfRotation selfRotation;
    private final LongSupplier ticker;
    private final TokenRegistry registry;
    private final ReuseDetector alarms;
    private final LedgerAudit audit;
    private final LastBackup backup = new LastBackup();
    private final VerdictCounts verdicts = new VerdictCounts();
    private final VerdictHistory verdictHistory = new VerdictHistory(verdicts);
    private final BackgroundFailures failures = new BackgroundFailures();
    private volatile Optional<NotificationDelivery> notices = Optional.empty();

    /** An authority that can change tokens at once, and gives verdicts after {@link #start()}. */
    public TokenAuthority(TokenStore store, SystemTables tables, InstantSource clock, SecureRandom random) {
        this(store, tables, clock, random, ExpiryPolicy.NONE);
    }

    /** An authority with an expiry policy, otherwise the same. */
    public TokenAuthority(
            TokenStore store, SystemTables tables, InstantSource clock, SecureRandom random, ExpiryPolicy policy) {
        this(store, tables, clock, random, policy, SelfRotation.ALLOWED);
    }

    /** An authority that may refuse tokens to rotate themselves, otherwise the same. */
    public TokenAuthority(
            TokenStore store,
            SystemTables tables,
            InstantSource clock,
            SecureRandom random,
            ExpiryPolicy policy,
            SelfRotation selfRotation) {
        this(store, tables, clock, random, policy, selfRotation, System::nanoTime);
    }

    /** An authority that answers no SQL, otherwise the same. */
    public TokenAuthority(TokenStore store, InstantSource clock, SecureRandom random) {
        this(store, TokenAuthority::refuse, clock, random);
    }

    TokenAuthority(
            TokenStore store,
            SystemTables tables,
            InstantSource clock,
            SecureRandom random,
            ExpiryPolicy policy,
            SelfRotation selfRotation,
            LongSupplier ticker) {
        this.store = store;
        this.tables = tables;
        this.clock = clock;
        this.random = random;
        this.policy = policy;
        this.selfRotation = selfRotation;
        this.ticker = ticker;
        this.registry = new TokenRegistry(store, clock, ticker, failures);
        this.alarms = new ReuseDetector(store, registry, clock, failures);
        this.audit = new LedgerAudit(store);
    }

    private static Table refuse(String sql, SystemTokens tokens, Instant now) {
        throw new TokenFailure.BadQuery("this authority answers no SQL");
    }

    /** Loads all tokens into memory, and keeps them up to date until closed; call it once. */
    public void start() {
        registry.load();
        registry.watch(verdicts::total);
        registry.recordUses(() -> verdictHistory.look(clock.instant()));
    }

    /** Compares all tokens with the ledger once, in the background, and logs an error if they do not follow from it. */
    public void auditLedger() {
        audit.start();
    }

    /** The result of {@link #auditLedger()}. */
    public LedgerHealth ledgerHealth() {
        return audit.health();
    }

    /**
     * Verifies the whole ledger now, and if given, that it contains an earlier head. Reads all of it.
     *
     * @throws TokenFailure.PermissionMissing if the actor may not read the whole ledger
     * @throws TokenFailure.Unauthenticated if the actor has no valid token
     */
    public LedgerCheck verifyLedger(Actor reader, Optional<LedgerHead> expected) {
        check(reader, RequiredPermission.LEDGER);
        return audit.check(expected);
    }

    /** The newest verification that found the ledger intact; empty if there was none since the start. */
    public Optional<LedgerCheck.Whole> lastWholeLedger() {
        return audit.lastWhole();
    }

    /** When this process last made a backup; empty if it made none. Others may have made some. */
    public Optional<Instant> lastBackup() {
        return backup.at();
    }

    /** The number of bytes that the store takes on disk. */
    public long size() {
        return store.size();
    }

    /**
     * Starts to send notifications about tokens, until closed. Call once, after {@link #start()}.
     *
     * @param delivered the saved progress; closed with this authority
     */
    public void sendNotifications(Webhook webhook, NotificationSender sender, DeliveryProgress delivered) {
        StoreFeed tokens = new StoreFeed(store, registry);
        NotificationDelivery delivery = new NotificationDelivery(
                () -> new NotificationQueue(tokens, delivered, webhook.expiringWithin(), clock.instant(), ticker),
                sender,
                clock,
                ticker,
                random);
        notices = Optional.of(delivery);
        delivery.watch();
    }

    /**
     * Verifies a secret and records the use: one hash, one look-up, no I/O and no lock.
     *
     * @return {@link Verdict.Unavailable} before {@link #start()}, or while the store cannot be polled
     */
    public Verdict authenticate(TokenSecret secret) {
        return authenticate(secret, CachedVerdict.NOWHERE);
    }

    /**
     * Verifies a secret that was presented from an address, and records the use with the address.
     *
     * @param from the unspecified address if the address is unknown
     */
    public Verdict authenticate(TokenSecret secret, InetAddress from) {
        TokenDigest digest = secret.digest();
        return presented(registry.use(digest, from), digest);
    }

    /**
     * Verifies a secret that came with a request to a guarded service, and records the use.
     *
     * @param from the unspecified address if the address is unknown
     * @param request asked for only if the token has routes; empty if the request is unknown
     */
    public Verdict authenticate(TokenSecret secret, InetAddress from, Supplier<Optional<RequestRoute>> request) {
        TokenDigest digest = secret.digest();
        return presented(registry.use(digest, from, request), digest);
    }

    /**
     * Verifies once more a secret that was accepted before, and records the use. Not counted among the verdicts, and
     * no reuse of a retired secret, because nobody presents it.
     *
     * @param from the unspecified address if the address is unknown
     */
    public Verdict reauthenticate(TokenDigest digest, InetAddress from) {
        return registry.use(digest, from);
    }

    /** The same without recording a use. */
    public Verdict recheck(TokenDigest digest, InetAddress from) {
        return registry.verdict(digest, from);
    }

    /**
     * Verifies a secret that was presented to somebody else, who asks about it, and records the use.
     *
     * @param from the address from which it was presented; empty if nobody says, and then a token that is limited to addresses
     *     is refused
     * @param asker the address of the one who asks, which is recorded with the use if nobody says the other
     */
    public Verdict authenticateForAnother(TokenSecret secret, Optional<InetAddress> from, InetAddress asker) {
        TokenDigest digest = secret.digest();
        if (from.isPresent()) {
            return presented(registry.use(digest, from.get()), digest);
        }
        Verdict verdict = registry.verdict(digest);
        if (verdict instanceof Verdict.Accepted) {
            var _ = registry.use(digest, asker);
        }
        return presented(verdict, digest);
    }

    /** Verifies a secret that was presented from an unknown address, without recording a use. */
    public Verdict check(TokenSecret secret) {
        return check(secret, CachedVerdict.NOWHERE);
    }

    /**
     * Verifies a secret without recording a use.
     *
     * @param from the unspecified address if the address is unknown
     */
    public Verdict check(TokenSecret secret, InetAddress from) {
        TokenDigest digest = secret.digest();
        return counted(registry.verdict(digest, from), digest);
    }

    /** As {@link #counted}, for a secret that somebody wants to use: a refusal goes into the history of its token. */
    private Verdict presented(Verdict verdict, TokenDigest digest) {
        if (verdict instanceof Verdict.Refused refused && refused != Verdict.Refused.UNKNOWN) {
            registry.noteRefusal(digest, refused);
        }
        return counted(verdict, digest);
    }

    private Verdict counted(Verdict verdict, TokenDigest digest) {
        verdicts.count(verdict);
        if (verdict == Verdict.Refused.RETIRED) {
            alarms.raise(digest);
        }
        return verdict;
    }

    /** Whether there are no tokens; also true before {@link #start()}. */
    public boolean isEmpty() {
        return registry.isEmpty();
    }

    /** Whether verdicts are available now. */
    public boolean givesVerdicts() {
        return !registry.isStale();
    }

    /** How long ago the store was asked for its newest entry, the last time that it answered. */
    public Duration leaseAge() {
        return registry.leaseAge();
    }

    /** The newest ledger entry that is known to exist, whether it has been applied or not. */
    public long newestRevision() {
        return registry.newest();
    }

    /** What the ledger is known to have lost; from memory. */
    public Optional<LedgerLoss> ledgerLoss() {
        return registry.loss();
    }

    /** The nodes of the store, from the store; empty if its processes do not know of each other. */
    public Optional<Nodes> nodes() {
        return store.nodes();
    }

    /** Live counters of the verdicts given. */
    public VerdictCounts verdicts() {
        return verdicts;
    }

    /** The verdicts given in each of the last 60 minutes, the oldest first and the current one last. */
    public List<MinuteVerdicts> verdictsOfLastHour() {
        return verdictHistory.lastHour(clock.instant());
    }

    /** Live counters of the failures of this authority's background threads. */
    public BackgroundFailures failures() {
        return failures;
    }

    /** Live counters of delivery attempts; empty if no notifications are sent. */
    public Optional<DeliveryCounts> notices() {
        return notices.map(NotificationDelivery::counts);
    }

    /** The number of tokens in each state; from memory, at the same cost for any number of tokens. */
    public TokenStatistics statistics() {
        return registry.census();
    }

    /** The time until the expiry of each token that has one; negative after it. From memory. */
    public Map<TokenName, Duration> remaining() {
        return remaining(registry.ending());
    }

    /** The same for the tokens that an actor may see. */
    public Map<TokenName, Duration> remaining(Actor reader) {
        VisibleTokens visible = stored(reader).visible();
        return remaining(registry.ending().filter(token -> visible.allow(TokenPermission.READ, token)));
    }

    private Map<TokenName, Duration> remaining(Stream<Token> ending) {
        Instant now = clock.instant();
        return ending.collect(Collectors.toMap(
                Token::name, token -> Duration.between(now, token.expiry().end().orElseThrow()), (first, _) -> first));
    }

    /** Whether a resource token may rotate itself without a permission. */
    public boolean letsTokensRotateThemselves() {
        return selfRotation == SelfRotation.ALLOWED;
    }

    /** What an actor can ask of this authority. */
    public ActorAccess actingAs(Actor actor) {
        return stored(actor);
    }

    /**
     * The token that has or had a secret; empty if none does. Neither a use nor a verdict, and no reuse of a former
     * secret: for people who look into a leak.
     */
    public Optional<KnownSecret> identify(TokenSecret secret) {
        return registry.identify(secret.digest());
    }

    /**
     * Searches the tokens in memory that an actor may see.
     *
     * @throws TokenFailure.PermissionMissing if it may see none
     * @throws TokenFailure.Unauthenticated if it has no valid token
     */
    public FoundTokens search(Actor actor, TokenSearch search) {
        return new TokenFinder(stored(actor)).find(search);
    }

    /**
     * How many tokens there are that an actor may see, and how many of them expire on each of some days from now. From
     * memory.
     *
     * @throws TokenFailure.PermissionMissing if it may see none
     * @throws TokenFailure.Unauthenticated if it has no valid token
     */
    public TokenOutlook outlook(Actor actor, int days) {
        return new TokenFinder(stored(actor)).outlook(days);
    }

    /**
     * Checks the permission for something that no port does, such as an introspection.
     *
     * @throws TokenFailure.PermissionMissing if the actor's token does not allow it
     * @throws TokenFailure.Unauthenticated if the actor has no valid token
     */
    public void check(Actor actor, RequiredPermission required) {
        stored(actor).check(required);
    }

    private LocalAccess stored(Actor actor) {
        return new LocalAccess(
                actor, store, tables, registry, clock, random, policy, selfRotation, backup, ChangeWait.DEFAULT);
    }

    /**
     * What the holder of a secret can ask of this authority; records a use of its token.
     *
     * @throws TokenFailure.Unauthenticated if no valid token has the secret
     */
    public ActorAccess actingAs(TokenSecret secret) {
        TokenDigest digest = secret.digest();
        Verdict.Accepted accepted = registry.authenticated(digest);
        var _ = registry.use(digest, CachedVerdict.NOWHERE);
        return actingAs(Actor.Holder.of(accepted.token(), accepted.generation()));
    }

    /** Registers a token whose secret was created elsewhere, unless it already exists or conflicts with another. */
    public PreconfigurationResult preconfigure(Actor.FileOwner owner, Change.Register wanted) {
        return stored(owner).preconfigure(wanted);
    }

    /**
     * The time of the newest ledger entry if it lies in the future. Then the clock was set back, and expired tokens may
     * be accepted again.
     */
    public Optional<Instant> lastChangeAhead() {
        Instant now = clock.instant().plus(CLOCK_TOLERANCE);
        return store.tail(Math.max(0, store.revision() - 1), 1).stream()
                .map(entry -> entry.event().at())
                .filter(now::isBefore)
                .findFirst();
    }

    /** The identity of the instance; never changes for a store. */
    public UUID instanceId() {
        return store.instanceId();
    }

    @Override
    public void close() {
        audit.close();
        notices.ifPresent(NotificationDelivery::close);
        registry.close();
        alarms.close();
    }
}
