package io.latchkey.persistence.jdbc;

import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.application.ledger.LedgerLoss;
import io.latchkey.application.node.Nodes;
import io.latchkey.application.usage.HourUse;
import io.latchkey.application.usage.PeriodUse;
import io.latchkey.application.usage.UsePeriod;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The store of tokens and their ledger, in plain JDBC.
 *
 * <p>Each kind of work has a session of its own, so that none waits for another: writes, short reads, long reads, records
 * of use, and each watch and each check of the ledger. Thread-safe.
 */
public final class JdbcTokenStore implements TokenStore {
    /** With at least so many decisions in one transaction, all tokens are read once instead of one by one. */
    private static final int MANY = 200;

    /** From this middle id on, a snapshot is read in two halves on two threads. */
    private static final long WORTH_HALVING = 5_000;

    private static final Sql INSTANCE = new Sql("SELECT id FROM instance");

    private final Database database;
    private final Session writing;
    private final Session reading;
    private final Session listing;
    private final Session usage;
    private final Optional<Nodes> nodes;
    private final GroupedChanges changes;
    private final List<LedgerWatch> watches = new CopyOnWriteArrayList<>();
    private final List<Session> checks = new CopyOnWriteArrayList<>();
    private volatile boolean checked;
    private volatile boolean closed;

    /** @param database what the engine of the database does differently; connected at the first use of the store */
    public JdbcTokenStore(Database database) {
        this.database = database;
        writing = database.openWriting();
        reading = database.open();
        listing = database.open();
        // Not the writing session, where every commit waits for the disk.
        usage = database.openRelaxed();
        nodes = database.nodes();
        changes = new GroupedChanges(requests -> new GroupTransaction(writing, this::append).run(requests));
    }

    @Override
    public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
        if (!checked) {
            // Before the first change only, and without the lock of writers, since it reads all tokens.
            checked = writing.read(JdbcTokenStore::check);
        }
        return changes.append(decisions);
    }

    private List<LedgerEntry> append(Connection connection, List<Function<Tokens, TokenEvent>> decisions)
            throws SQLException {
        LedgerTable ledger = new LedgerTable(connection);
        Newest newest = newest(connection);
        List<LedgerEntry> entries = new ArrayList<>(decisions.size());
        MutableTokens tokens = decisions.size() < MANY
                ? new StoredTokens(connection)
                : new TokensInMemory(new TokenTable(connection).all(), newest.nextId());
        for (Function<Tokens, TokenEvent> decision : decisions) {
            TokenEvent event = decision.apply(tokens);
            checkFollows(tokens, event);
            apply(connection, event);
            newest = record(ledger, newest, event, entries);
            tokens.apply(event);
        }
        return entries;
    }

    @Override
    public Optional<LedgerLoss> loss() {
        return database.loss();
    }

    @Override
    public List<LedgerEntry> acceptLoss(List<Function<Tokens, TokenEvent>> decisions) {
        try (Session accepting = database.openAccepting()) {
            return accepting.write(connection -> append(connection, decisions));
        }
    }

    private static boolean check(Connection connection) throws SQLException {
        new TokenTable(connection).check();
        return true;
    }

    /** Refuses an event whose token before it is not the stored one, or whose new id is in use: a bug of the caller. */
    static void checkFollows(MutableTokens tokens, TokenEvent event) {
        boolean follows = tokens.find(event.tokenId()).equals(event.before())
                && (event.before().isPresent()
                        || event.tokenId().value() >= tokens.nextId().value());
        if (!follows) {
            throw new IllegalStateException("the event does not follow from the stored tokens");
        }
    }

    /**
     * The revision and hash of the newest ledger entry, to which the next entry is chained.
     *
     * @param nextId of the tokens at the beginning of the transaction
     */
    record Newest(long revision, ChainHash hash, TokenId nextId) {
        Newest followedBy(LedgerRow row) {
            return new Newest(row.revision(), row.hash(), nextId);
        }

        LedgerEntry next(TokenEvent event) {
            return new LedgerEntry(revision + 1, event);
        }
    }

    static Newest newest(Connection connection) throws SQLException {
        Optional<LedgerTable.End> end = new LedgerTable(connection).end();
        if (end.isEmpty()) {
            return new Newest(0, LedgerChain.origin(instanceId(connection)), new TokenId(0));
        }
        LedgerRow row = end.get().newest();
        if (!row.hash().equals(LedgerChain.hash(row))) {
            throw new DamagedRow("ledger entry " + row.revision(), new IllegalArgumentException("wrong hash"));
        }
        return new Newest(row.revision(), row.hash(), new TokenId(end.get().nextTokenId()));
    }

    private static Newest record(LedgerTable ledger, Newest newest, TokenEvent event, List<LedgerEntry> entries)
            throws SQLException {
        LedgerEntry entry = newest.next(event);
        LedgerRow row = LedgerRow.of(entry, newest.hash());
        ledger.insert(row);
        entries.add(entry);
        return newest.followedBy(row);
    }

    private void apply(Connection connection, TokenEvent event) throws SQLException {
        try {
            new TokenWrites(connection).write(event);
        } catch (SQLException e) {
            switch (database.uniqueColumn(e)) {
                case "token.name" ->
                    throw new TokenFailure.NameTaken(event.after().orElseThrow().name());
                case "token.digest" -> throw new TokenFailure.SecretTaken();
                default -> throw e;
            }
        }
    }

    @Override
    public List<LedgerEntry> tail(long revision) {
        return listing.call(connection -> LedgerRow.entries(new LedgerTable(connection).after(revision)));
    }

    @Override
    public List<LedgerEntry> tail(long revision, int count) {
        return reading.call(connection -> LedgerRow.entries(new LedgerTable(connection).page(revision, count)));
    }

    @Override
    public List<LedgerEntry> history(TokenId token, long revision, int count) {
        return listing.call(
                connection -> LedgerRow.entries(new LedgerTable(connection).history(token.value(), revision, count)));
    }

    @Override
    public Snapshot snapshot() {
        Snapshot snapshot = listing.read(connection -> {
            LedgerTable ledger = new LedgerTable(connection);
            long revision = ledger.newestRevision();
            long middle = ledger.nextTokenId() / 2;
            TokenTable tokens = new TokenTable(connection);
            return new Snapshot(revision, middle < WORTH_HALVING ? tokens.all() : halves(tokens, middle, revision));
        });
        checked = true; // every token was read
        return snapshot;
    }

    /**
     * Reads the tokens above the middle id in a second session on a second thread. At the same revision both sessions see
     * the same tokens; at another one, the first session reads the upper half, too.
     */
    private List<Token> halves(TokenTable tokens, long middle, long revision) throws SQLException {
        try (Session second = database.open()) {
            var upper = CompletableFuture.supplyAsync(
                            () -> second.read(other -> new LedgerTable(other).newestRevision() == revision
                                    ? Optional.of(new TokenTable(other).between(middle, Long.MAX_VALUE))
                                    : Optional.<List<Token>>empty()),
                            Thread.ofPlatform().daemon()::start)
                    .exceptionally(_ -> Optional.empty()); // the first session reads the same and reports the failure
            List<Token> all = tokens.between(Long.MIN_VALUE, middle - 1);
            Optional<List<Token>> upperHalf = upper.join();
            all.addAll(upperHalf.isPresent() ? upperHalf.get() : tokens.between(middle, Long.MAX_VALUE));
            return all;
        }
    }

    @Override
    public List<Token> page(TokenId from, int count) {
        return listing.read(connection -> new TokenTable(connection).page(from.value(), count));
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return reading.read(connection -> new StoredTokens(connection).find(name));
    }

    @Override
    public long revision() {
        return reading.call(connection -> new LedgerTable(connection).newestRevision());
    }

    @Override
    public LedgerWatch watch() {
        LedgerWatch watch = database.watch();
        watches.add(watch);
        return watch;
    }

    /** Has a session of its own, because it takes long; {@link #close} ends it. */
    @Override
    public LedgerCheck check(Optional<LedgerHead> expected) {
        try (Session own = database.open()) {
            checks.add(own);
            try {
                return own.read(connection ->
                        new StoreCheck(connection, database::isOfEngine, this::refuseIfClosed).run(expected));
            } finally {
                checks.remove(own);
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw database.closed();
        }
    }

    /** Has a connection of its own, because it takes long. */
    @Override
    public StoreBackup backUp() {
        return database.backUp();
    }

    @Override
    public long size() {
        return database.size();
    }

    @Override
    public void recordUses(List<TokenUse> uses) {
        var _ = usage.write(connection -> {
            TokenUseTable.add(connection, uses);
            return uses.size();
        });
    }

    @Override
    public List<TokenUse> uses() {
        return listing.call(TokenUseTable::all);
    }

    @Override
    public List<TokenUse> uses(TokenId first, TokenId last) {
        return listing.call(connection -> TokenUseTable.between(connection, first, last));
    }

    @Override
    public List<TokenUse> uses(Collection<TokenId> tokens) {
        return reading.call(connection -> TokenUseTable.of(connection, tokens));
    }

    @Override
    public void addToUseHistory(List<HourUse> uses) {
        var _ = usage.write(connection -> {
            UseHistoryTable.add(connection, uses);
            return uses.size();
        });
    }

    @Override
    public Map<TokenId, List<PeriodUse>> useHistory(
            UsePeriod period, Collection<TokenId> tokens, Instant from, Instant until) {
        return reading.call(connection -> UseHistoryTable.of(connection, period, tokens, from, until));
    }

    @Override
    public UUID instanceId() {
        return reading.call(JdbcTokenStore::instanceId);
    }

    /** The identity of the store of a connection. */
    public static UUID instanceId(Connection connection) throws SQLException {
        return INSTANCE.first(
                        connection,
                        row -> DamagedRow.unless("instance id", row, id -> UUID.fromString(id.getString(1))))
                .orElseThrow(() -> new DamagedRow("instance id", new NoSuchElementException("no instance id")));
    }

    @Override
    public Optional<Nodes> nodes() {
        return nodes;
    }

    @Override
    public void close() {
        closed = true;
        nodes.ifPresent(Nodes::close);
        watches.forEach(LedgerWatch::close);
        checks.forEach(Session::close);
        reading.close();
        listing.close();
        usage.close();
        writing.close();
    }
}
