package io.latchkey.persistence.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.Actor;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import io.latchkey.domain.TokenSecret;
import io.latchkey.domain.Tokens;
import io.latchkey.persistence.sqlite.SqliteTokenStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills a new file with many tokens in one transaction, some of them expired, for benchmarks; prints the
 * secret of the last.
 */
public final class ManyTokens {
    private ManyTokens() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the output
    public static void main(String[] args) throws SQLException {
        var out = new PrintStream(System.out, true, UTF_8);
        String prefix = args.length > 2 ? args[2] : "token";
        int expired = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        out.println(fill(Path.of(args[0]), Integer.parseInt(args[1]), prefix, expired)
                .reveal());
    }

    public static TokenSecret fill(Path file, int count) throws SQLException {
        return fill(file, count, "token", 0);
    }

    private static TokenSecret fill(Path file, int count, String prefix, int expired) throws SQLException {
        UUID instance;
        try (TokenStore store = SqliteTokenStore.open(file)) {
            instance = store.instanceId();
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var random = new SecureRandom();
        TokenSecret secret = TokenSecret.generate(random);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement begin = connection.prepareStatement("BEGIN");
                PreparedStatement commit = connection.prepareStatement("COMMIT");
                PreparedStatement token = insertion(connection, "token", TokenRow.COLUMNS);
                PreparedStatement ledger = insertion(connection, "ledger", LedgerRow.COLUMNS)) {
            begin.execute();
            ChainHash previous = LedgerChain.origin(instance);
            for (int i = 0; i < count; i++) {
                secret = TokenSecret.generate(random);
                TokenEvent event = new Change.CreateNamed(
                                new TokenName(prefix + "-" + i),
                                secret.digest(),
                                new Lifetime.Span(Duration.ofDays(30)),
                                Description.NONE)
                        .decide(new None(i), new Actor.FileOwner(), i < expired ? now.minus(Duration.ofDays(60)) : now);
                insert(token, TokenRow.COLUMNS.values(TokenRow.of(event.after().orElseThrow())));
                LedgerRow row = LedgerRow.of(new LedgerEntry(i + 1L, event), previous);
                insert(ledger, LedgerRow.COLUMNS.values(row));
                previous = row.hash();
            }
            commit.execute();
        }
        return secret;
    }

    private static PreparedStatement insertion(Connection connection, String table, Columns<?> columns)
            throws SQLException {
        return connection.prepareStatement(Sql.insert(table, columns).text());
    }

    private static void insert(PreparedStatement insert, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.execute();
    }

    /** An empty set of tokens, for the rules of a change. */
    private record None(long next) implements Tokens {
        @Override
        public boolean isEmpty() {
            return next == 0;
        }

        @Override
        public TokenId nextId() {
            return new TokenId(next);
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return Optional.empty();
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return Optional.empty();
        }
    }
}
