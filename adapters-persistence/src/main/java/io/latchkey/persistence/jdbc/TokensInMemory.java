package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All tokens of a transaction in memory: for many decisions, it is faster to read all tokens once than to query for each. */
final class TokensInMemory implements MutableTokens {
    private final Map<TokenId, Token> byId = new HashMap<>();
    private final Map<TokenName, Token> byName = new HashMap<>();
    private final Map<TokenDigest, Token> byDigest = new HashMap<>();
    private TokenId nextId;

    TokensInMemory(List<Token> all, TokenId nextId) {
        this.nextId = nextId;
        all.forEach(this::put);
    }

    @Override
    public void apply(TokenEvent event) {
        event.before().ifPresent(token -> {
            byId.remove(token.id());
            byName.remove(token.name());
            token.secrets().digests().forEach(byDigest::remove);
        });
        event.after().ifPresent(this::put);
        if (event.tokenId().value() >= nextId.value()) {
            nextId = event.tokenId().next();
        }
    }

    private void put(Token token) {
        byId.put(token.id(), token);
        byName.put(token.name(), token);
        token.secrets().digests().forEach(digest -> byDigest.put(digest, token));
    }

    @Override
    public boolean isEmptyBut(Set<TokenId> without) {
        return without.containsAll(byId.keySet());
    }

    @Override
    public TokenId nextId() {
        return nextId;
    }

    @Override
    public Optional<Token> find(TokenId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }
}
