package io.latchkey.persistence;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.LedgerWatch;
import io.latchkey.application.StoreBackup;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore;
import io.latchkey.application.TokenStore.LedgerCheck;
import io.latchkey.application.TokenUse;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.application.ledger.LedgerHead;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.Tokens;
import io.latchkey.persistence.SqliteDataSource.SqliteConnection;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Tokens and their ledger in one SQLite file, over one connection for each kind of work, so that none waits for another:
 * one writes, one reads what is short, one reads what may be long, one records uses, and each watch has its own.
 */
@Singleton
@Bean(typed = TokenStore.class)
@Requires(property = SqliteFile.PROPERTY)
final class JdbcTokenStore implements TokenStore {
    private static final int PAGE = 1_000;

    // From so many changes on, all tokens are read once instead of one by one.
    private static final int MANY = 200;
    private static final long WORTH_HALVING = 5_000;

    private final SqliteFile file;
    private final TokenRepository tokens;
    private final LedgerRepository ledger;
    private final Lane writing;
    private final Lane reading;
    private final Lane listing;
    private final Lane noting;
    private final List<RevisionWatch> watches = new CopyOnWriteArrayList<>();
    private final List<Lane> checks = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    JdbcTokenStore(SqliteFile file, TokenRepository tokens, LedgerRepository ledger) {
        this.file = file;
        this.tokens = tokens;
        this.ledger = ledger;
        writing = new Lane(file);
        reading = new Lane(file);
        listing = new Lane(file);
        // On a connection of its own: all that is written on the other one waits for the disk.
        noting = new Lane(file, JdbcTokenStore::hurry);
    }

    @Override
    public List<LedgerEntry> appendAll(List<Function<Tokens, TokenEvent>> decisions) {
        return writing.write(connection -> {
            Newest newest = newest(connection);
            List<LedgerEntry> entries = new ArrayList<>(decisions.size());
            ChangingTokens found = decisions.size() < MANY
                    ? new StoredTokens(connection, tokens, ledger)
                    : new TokensInMemory(all(connection), new TokenId(ledger.nextTokenId()));
            for (Function<Tokens, TokenEvent> decision : decisions) {
                TokenEvent event = decision.apply(found);
                checkFollows(found, event);
                apply(connection, event);
                newest = record(newest, event, entries);
                found.fold(event);
            }
            return entries;
        });
    }

    /** Whoever decides otherwise than by what it was shown has a bug. */
    private static void checkFollows(ChangingTokens shown, TokenEvent event) {
        boolean follows = shown.find(event.tokenId()).equals(event.before())
                && (event.before().isPresent()
                        || event.tokenId().value() >= shown.nextId().value());
        if (!follows) {
            throw new IllegalStateException("the event does not follow from the tokens as they are");
        }
    }

    /** The end of the ledger, which the next entry is to be chained to. */
    private record Newest(long revision, Sha256 hash) {}

    private Newest newest(SqliteConnection connection) throws SQLException {
        Optional<LedgerRow> newest = ledger.newest();
        if (newest.isEmpty()) {
            return new Newest(0, LedgerChain.origin(instanceId(connection)));
        }
        LedgerRow row = newest.get();
        if (!row.hash().equals(LedgerChain.hash(row))) {
            throw new DamagedRow("ledger entry " + row.revision(), new IllegalArgumentException("its hash is another"));
        }
        return new Newest(row.revision(), row.hash());
    }

    private Newest record(Newest newest, TokenEvent event, List<LedgerEntry> entries) {
        LedgerEntry entry = new LedgerEntry(newest.revision() + 1, event);
        LedgerRow row = LedgerRow.of(entry, newest.hash());
        ledger.save(row);
        entries.add(entry);
        return new Newest(row.revision(), row.hash());
    }

    private void apply(SqliteConnection connection, TokenEvent event) throws SQLException {
        Optional<TokenRow> row = event.after().map(TokenRow::of);
        try {
            if (row.isEmpty()) {
                tokens.deleteById(event.tokenId().value());
            } else if (event.before().isEmpty()) {
                tokens.save(row.get());
            } else {
                tokens.update(row.get());
            }
        } catch (DataAccessException e) {
            switch (SqliteTrouble.uniqueColumn(e)) {
                case "token.name" ->
                    throw new TokenFailure.NameTaken(event.after().orElseThrow().name());
                case "token.digest" -> throw new TokenFailure.SecretTaken();
                default -> throw e;
            }
        }
        Token token = event.after().orElse(null);
        if (token != null && !former(event.before()).equals(former(event.after()))) {
            FormerSecrets.replace(connection, token);
        }
    }

    private static List<FormerSecret> former(Optional<Token> token) {
        return token.map(some -> some.secrets().former()).orElse(List.of());
    }

    @Override
    public List<LedgerEntry> tail(long revision) {
        return listing.call(_ -> ledger.findByRevisionGreaterThanOrderByRevision(revision).stream()
                .map(LedgerRow::toEntry)
                .toList());
    }

    @Override
    public List<LedgerEntry> tail(long revision, int count) {
        return reading.call(_ ->
                ledger.page(revision, count).stream().map(LedgerRow::toEntry).toList());
    }

    @Override
    public List<LedgerEntry> history(TokenId token, long revision, int count) {
        return listing.call(_ -> ledger.history(token.value(), revision, count).stream()
                .map(LedgerRow::toEntry)
                .toList());
    }

    @Override
    public Snapshot snapshot() {
        return listing.read(connection -> {
            long revision = newestRevision();
            long middle = ledger.nextTokenId() / 2;
            return new Snapshot(
                    revision, middle < WORTH_HALVING ? all(connection) : halves(connection, middle, revision));
        });
    }

    /** Reads the upper half on a connection and a thread of its own: while it sees the same revision, it sees the same. */
    private List<Token> halves(SqliteConnection connection, long middle, long revision) throws SQLException {
        try (Lane second = new Lane(file)) {
            var upper = CompletableFuture.supplyAsync(
                            () -> second.read(other -> newestRevision() == revision
                                    ? Optional.of(between(other, middle, Long.MAX_VALUE))
                                    : Optional.<List<Token>>empty()),
                            Thread.ofPlatform().daemon()::start)
                    .exceptionally(_ -> Optional.empty()); // whatever it was, this connection meets it, too
            List<Token> tokens = between(connection, Long.MIN_VALUE, middle);
            Optional<List<Token>> others = upper.join();
            tokens.addAll(others.isPresent() ? others.get() : between(connection, middle, Long.MAX_VALUE));
            return tokens;
        }
    }

    private long newestRevision() {
        return ledger.newest().map(LedgerRow::revision).orElse(0L);
    }

    private static List<Token> all(SqliteConnection connection) throws SQLException {
        return between(connection, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** In plain JDBC: Data would hold a second copy of a million rows, and take twice as long. */
    private static List<Token> between(SqliteConnection connection, long from, long to) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + TokenRow.SELECTED + " FROM token WHERE id >= ? AND id < ? ORDER BY id")) {
            query.setLong(1, from);
            query.setLong(2, to);
            try (ResultSet row = query.executeQuery()) {
                Map<Long, List<FormerSecret>> former = FormerSecrets.all(connection);
                List<Token> tokens = new ArrayList<>();
                while (row.next()) {
                    TokenRow read = TokenRow.read(row);
                    tokens.add(read.toToken(former.getOrDefault(read.id(), List.of())));
                }
                return tokens;
            }
        }
    }

    @Override
    public List<Token> page(TokenId from, int count) {
        return listing.read(connection -> page(connection, from.value(), count));
    }

    private static List<Token> page(SqliteConnection connection, long from, int count) throws SQLException {
        List<TokenRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + TokenRow.SELECTED + " FROM token WHERE id >= ? ORDER BY id LIMIT ?")) {
            query.setLong(1, from);
            query.setInt(2, count);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(TokenRow.read(row));
                }
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, List<FormerSecret>> former = FormerSecrets.between(
                connection, rows.getFirst().id(), rows.getLast().id());
        return rows.stream()
                .map(row -> row.toToken(former.getOrDefault(row.id(), List.of())))
                .toList();
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return reading.read(connection -> new StoredTokens(connection, tokens, ledger).find(name));
    }

    @Override
    public long revision() {
        return reading.call(_ -> newestRevision());
    }

    @Override
    public LedgerWatch watch() {
        RevisionWatch watch = new RevisionWatch(file);
        watches.add(watch);
        return watch;
    }

    /** On a connection of its own: it takes long, and nobody is to wait for it; so it ends when the store is closed. */
    @Override
    public LedgerCheck check(Optional<LedgerHead> expected) {
        try (Lane own = new Lane(file)) {
            checks.add(own);
            try {
                return check(own, expected);
            } finally {
                checks.remove(own);
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new AuthorityUnavailable(file.path() + " was closed: open it again");
        }
    }

    private LedgerCheck check(Lane own, Optional<LedgerHead> expected) {
        return own.read(connection -> {
            LedgerChain chain = new LedgerChain(instanceId(connection));
            Optional<LedgerHead> missed = expected.filter(head -> !head.equals(head(chain)));
            List<LedgerRow> page;
            do {
                page = rows(chain.next() - 1);
                for (LedgerRow row : page) {
                    if (!chain.accept(row)) {
                        return new LedgerCheck.Broken(chain.next(), flaw(chain));
                    }
                    missed = missed.filter(head -> !head.equals(head(chain)));
                }
            } while (!page.isEmpty());
            return missed.isPresent() ? new LedgerCheck.Truncated(chain.next() - 1) : explained(chain, connection);
        });
    }

    /** The next rows, of which one that cannot even be read is left for last. */
    private List<LedgerRow> rows(long revision) {
        refuseIfClosed();
        try {
            return ledger.page(revision, PAGE);
        } catch (DataAccessException e) {
            try {
                return ledger.page(revision, 1);
            } catch (DataAccessException first) {
                if (SqliteTrouble.isOfSqlite(first)) {
                    throw first;
                }
                return List.of(LedgerRow.damaged(revision + 1));
            }
        }
    }

    private LedgerCheck.Flaw flaw(LedgerChain chain) {
        try {
            return new LedgerInquest(chain, ledger.findByRevisionGreaterThanOrderByRevision(chain.next() - 1)).flaw();
        } catch (DataAccessException e) {
            return LedgerCheck.Flaw.EDITED; // what follows cannot be read, so nothing can be told of what was moved
        }
    }

    /** On a connection of its own: it takes long, and nobody is to wait for it. */
    @Override
    public StoreBackup backUp() {
        return FileCopy.of(
                file.path().toString(), file.connect(), TemporaryFile.parent(file.path()), FileCopy::withoutName);
    }

    private LedgerCheck explained(LedgerChain chain, SqliteConnection connection) throws SQLException {
        long revision = chain.next() - 1;
        try {
            List<Token> page;
            long from = Long.MIN_VALUE;
            do {
                refuseIfClosed();
                page = page(connection, from, PAGE);
                page.forEach(chain::meet);
                from = page.isEmpty() ? from : page.getLast().id().value() + 1;
            } while (page.size() == PAGE);
            Optional<TokenId> unexplained = chain.unexplained();
            return unexplained.isPresent()
                    ? new LedgerCheck.Unexplained(revision, unexplained)
                    : new LedgerCheck.Whole(revision, head(chain));
        } catch (DataAccessException e) {
            return new LedgerCheck.Unexplained(revision, Optional.empty()); // no entry makes a token that cannot be
        }
    }

    private static LedgerHead head(LedgerChain chain) {
        return new LedgerHead(chain.head().toString());
    }

    @Override
    public void recordUses(List<TokenUse> uses) {
        var _ = noting.write(connection -> {
            TokenUseTable.add(connection, uses);
            return uses.size();
        });
    }

    /** Lets commits on a connection be written when the system sees fit; outside a transaction, or it is ignored. */
    private static boolean hurry(SqliteConnection connection) throws SQLException {
        try (PreparedStatement pragma = connection.prepareStatement("PRAGMA synchronous = NORMAL")) {
            return pragma.execute();
        }
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
    public List<TokenUse> uses(TokenId token) {
        return reading.call(connection -> TokenUseTable.of(connection, token));
    }

    @Override
    public UUID instanceId() {
        return reading.call(JdbcTokenStore::instanceId);
    }

    private static UUID instanceId(SqliteConnection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM instance");
                ResultSet row = query.executeQuery()) {
            return DamagedRow.unless("the identity", row, found -> UUID.fromString(found.getString(1)));
        }
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        watches.forEach(RevisionWatch::close);
        checks.forEach(Lane::close);
        reading.close();
        listing.close();
        noting.close();
        writing.close();
    }
}
