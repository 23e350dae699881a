package io.latchkey.persistence.jdbc;

import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the events of one transaction to the tables of tokens: in their order, but new tokens that follow one another at once. */
final class TokenWrites {
    private final Connection connection;
    private final TokenTable tokens;
    private final List<TokenRow> issued = new ArrayList<>();

    TokenWrites(Connection connection) {
        this.connection = connection;
        this.tokens = new TokenTable(connection);
    }

    void add(TokenEvent event) throws SQLException {
        Optional<Token> after = event.after();
        if (event.before().isEmpty() && after.isPresent() && former(after).isEmpty()) {
            issued.add(TokenRow.of(after.get()));
            return;
        }
        flush();
        write(event);
    }

    /** Writes what has not been written yet. */
    void flush() throws SQLException {
        if (!issued.isEmpty()) {
            tokens.insertAll(issued);
            issued.clear();
        }
    }

    /** Writes one event. */
    void write(TokenEvent event) throws SQLException {
        Optional<TokenRow> row = event.after().map(TokenRow::of);
        if (row.isEmpty()) {
            tokens.delete(event.tokenId().value());
        } else if (event.before().isEmpty()) {
            tokens.insert(row.get());
        } else {
            tokens.update(row.get());
        }
        Token token = event.after().orElse(null);
        if (token != null && !former(event.before()).equals(former(event.after()))) {
            FormerSecretTable.replace(connection, token);
        }
    }

    private static List<FormerSecret> former(Optional<Token> token) {
        return token.map(present -> present.secrets().former()).orElse(List.of());
    }
}
