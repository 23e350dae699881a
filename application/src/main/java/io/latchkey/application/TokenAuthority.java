package io.latchkey.application;

import io.latchkey.application.notification.DeliveryCounts;
import io.latchkey.application.notification.DeliveryProgress;
import io.latchkey.application.notification.NotificationDelivery;
import io.latchkey.application.notification.NotificationQueue;
import io.latchkey.application.notification.NotificationSender;
import io.latchkey.application.notification.Webhook;
import io.latchkey.application.table.SystemTables;
import io.latchkey.application.table.SystemTokens;
import io.latchkey.application.table.Table;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.ExpiryPolicy;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Verdict;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A token authority over a store: says who may pass, and lets administrators change that.
 *
 * <p>Safe for use by many threads. Closing it leaves the store open.
 */
public final class TokenAuthority implements AutoCloseable {
    /** What a clock that is kept right may be set back by. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final TokenStore store;
    private final SystemTables tables;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ExpiryPolicy policy;
    private final LongSupplier ticker;
    private final TokenRegistry registry;
    private final ReuseDetector alarms;
    private final LedgerAudit audit;
    private final VerdictCounts verdicts = new VerdictCounts();
    private final BackgroundFailures failures = new BackgroundFailures();
    private volatile Optional<NotificationDelivery> notices = Optional.empty();

    /** An authority that can change tokens at once, and gives verdicts after {@link #start()}. */
    public TokenAuthority(TokenStore store, SystemTables tables, InstantSource clock, SecureRandom random) {
        this(store, tables, clock, random, ExpiryPolicy.NONE);
    }

    /** The same, under a policy. */
    public TokenAuthority(
            TokenStore store, SystemTables tables, InstantSource clock, SecureRandom random, ExpiryPolicy policy) {
        this(store, tables, clock, random, policy, System::nanoTime);
    }

    /** The same, but one that answers no SQL. */
    public TokenAuthority(TokenStore store, InstantSource clock, SecureRandom random) {
        this(store, TokenAuthority::refuse, clock, random);
    }

    TokenAuthority(
            TokenStore store,
            SystemTables tables,
            InstantSource clock,
            SecureRandom random,
            ExpiryPolicy policy,
            LongSupplier ticker) {
        this.store = store;
        this.tables = tables;
        this.clock = clock;
        this.random = random;
        this.policy = policy;
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
        registry.recordUses();
    }

    /** Compares all tokens with the ledger once, in the background, and logs an error if they do not follow from it. */
    public void auditLedger() {
        audit.start();
    }

    /** What {@link #auditLedger()} has found. */
    public LedgerHealth ledgerHealth() {
        return audit.health();
    }

    /**
     * Tells somebody of what happens to tokens, until closed; call it once, after {@link #start()}.
     *
     * @param delivered what was told before; closed with this
     */
    public void sendNotifications(Webhook webhook, NotificationSender sender, DeliveryProgress delivered) {
        NotificationQueue due = new NotificationQueue(
                new StoreFeed(store, registry), delivered, webhook.expiringWithin(), clock.instant(), ticker);
        NotificationDelivery delivery = new NotificationDelivery(due, sender, clock, ticker, random);
        notices = Optional.of(delivery);
        delivery.watch();
    }

    /**
     * Whether whoever presents a secret may pass: one hash, one look-up, no I/O and no lock.
     *
     * @return {@link Verdict.Unavailable} before {@link #start()}, or when the store cannot be watched
     */
    public Verdict authenticate(TokenSecret secret) {
        return authenticate(secret, CachedVerdict.NOWHERE);
    }

    /**
     * The same for somebody at an address, of which a note is made.
     *
     * @param from the unspecified address if it is not known
     */
    public Verdict authenticate(TokenSecret secret, InetAddress from) {
        TokenDigest digest = secret.digest();
        return given(registry.use(digest, from), digest);
    }

    /** Whether whoever presents a secret might pass; that it was asked is no use of its token. */
    public Verdict check(TokenSecret secret) {
        TokenDigest digest = secret.digest();
        return given(registry.verdict(digest), digest);
    }

    private Verdict given(Verdict verdict, TokenDigest digest) {
        verdicts.count(verdict);
        if (verdict == Verdict.Refused.RETIRED) {
            alarms.raise(digest);
        }
        return verdict;
    }

    /** Whether no token is known, which after {@link #start()} means that there is none. */
    public boolean isEmpty() {
        return registry.isEmpty();
    }

    /** Whether it can be said now who may pass. */
    public boolean givesVerdicts() {
        return !registry.isStale();
    }

    /** The verdicts given so far, as they go on. */
    public VerdictCounts verdicts() {
        return verdicts;
    }

    /** How often this authority's own threads failed so far, as they go on. */
    public BackgroundFailures failures() {
        return failures;
    }

    /** What came of telling somebody so far, as it goes on; empty if nobody is told. */
    public Optional<DeliveryCounts> notices() {
        return notices.map(NotificationDelivery::counts);
    }

    /** How many tokens are known here, however many there are at the same cost, which is none to the store. */
    public TokenStatistics statistics() {
        return registry.census();
    }

    /** How long each token that has an end lives yet, negative behind it: from memory, one by one. */
    public Map<TokenName, Duration> remaining() {
        Instant now = clock.instant();
        return registry.ending()
                .collect(Collectors.toMap(
                        Token::name,
                        token -> Duration.between(now, token.expiry().end().orElseThrow()),
                        (one, _) -> one));
    }

    /** The administration of this authority on behalf of somebody. */
    public TokenAdministration actingAs(Actor actor) {
        return stored(actor);
    }

    private LocalAdministration stored(Actor actor) {
        return new LocalAdministration(actor, store, tables, registry, clock, random, policy);
    }

    /**
     * The administration of this authority on behalf of the holder of a secret.
     *
     * @throws TokenFailure.Unauthenticated if the secret is not that of a live token
     */
    public TokenAdministration actingAs(TokenSecret secret) {
        TokenDigest digest = secret.digest();
        Verdict.Accepted accepted = registry.authenticated(digest);
        var _ = registry.use(digest, CachedVerdict.NOWHERE);
        return actingAs(Actor.Holder.of(accepted.token(), accepted.generation()));
    }

    /** Sees to it that a token whose secret was made elsewhere is known, as far as that can be. */
    public PreconfigurationResult preconfigure(Actor.FileOwner owner, Change.Register wanted) {
        return stored(owner).preconfigure(wanted);
    }

    /**
     * When the newest entry of the ledger was made, if the clock says that this is yet to come: then it was set back, and
     * tokens that had expired are accepted again.
     */
    public Optional<Instant> lastChangeAhead() {
        Instant now = clock.instant().plus(CLOCK_TOLERANCE);
        return store.tail(Math.max(0, store.revision() - 1), 1).stream()
                .map(entry -> entry.event().at())
                .filter(now::isBefore)
                .findFirst();
    }

    /** The identity of the instance, the same as long as its store lives. */
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
