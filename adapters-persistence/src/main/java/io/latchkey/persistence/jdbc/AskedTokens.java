package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tokens that several requests of one transaction ask for, read with one query for all requests instead of one for each
 * question, since each is a way to the database and back.
 *
 * <p>To learn what they ask for, the requests are decided on trial: a token that was not read yet is taken as missing. What a
 * trial decides is dropped.
 */
final class AskedTokens implements MutableTokens {
    /** How often requests are tried at most, for what they ask for depends on what they found. */
    private static final int MOST_TRIALS = 4;

    private final StoredTokens stored;
    private final TokenId next;
    private final Map<TokenId, Token> byId = new HashMap<>();
    private final Map<TokenName, Optional<Token>> byName = new HashMap<>();
    private final Map<TokenDigest, Optional<Token>> byDigest = new HashMap<>();

    /** @param next the id of the next token */
    AskedTokens(StoredTokens stored, TokenId next) {
        this.stored = stored;
        this.next = next;
    }

    /** Reads what requests ask for; {@code decide} decides one of them on tokens, and may throw. */
    <R> void read(List<R> requests, Decide<R> decide) {
        for (int trial = 0; trial < MOST_TRIALS; trial++) {
            Trial tokens = new Trial();
            for (R request : requests) {
                tokens.run(own -> decide.on(request, own));
            }
            if (tokens.isAnswered()) {
                return;
            }
            tokens.read();
        }
    }

    @FunctionalInterface
    interface Decide<R> {
        void on(R request, PendingTokens tokens);
    }

    @Override
    public boolean isEmptyBut(Set<TokenId> without) {
        return stored.isEmptyBut(without);
    }

    @Override
    public TokenId nextId() {
        return next;
    }

    @Override
    public Optional<Token> find(TokenId id) {
        Token known = byId.get(id);
        return known == null ? stored.find(id) : Optional.of(known);
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return byName.computeIfAbsent(name, stored::find);
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return byDigest.computeIfAbsent(digest, stored::find);
    }

    /** Does nothing: events are applied to the {@link PendingTokens} on top. */
    @Override
    public void apply(TokenEvent event) {}

    /** Notes what is asked for and was not read yet. */
    private final class Trial implements MutableTokens {
        private final Set<TokenName> names = new HashSet<>();
        private final Set<TokenDigest> digests = new HashSet<>();

        private void run(Consumer<PendingTokens> request) {
            try {
                request.accept(new PendingTokens(this));
            } catch (UncheckedSqlException | DamagedRow e) {
                throw e; // the transaction has failed
            } catch (RuntimeException _) {
                // Refused, perhaps for what was not read yet.
            }
        }

        private boolean isAnswered() {
            return names.isEmpty() && digests.isEmpty();
        }

        private void read() {
            List<Token> found = stored.findAll(List.copyOf(names), List.copyOf(digests));
            names.forEach(name -> byName.put(name, Optional.empty()));
            digests.forEach(digest -> byDigest.put(digest, Optional.empty()));
            for (Token token : found) {
                byId.put(token.id(), token);
                byName.replace(token.name(), Optional.of(token));
                token.secrets().digests().forEach(digest -> byDigest.replace(digest, Optional.of(token)));
            }
        }

        @Override
        public boolean isEmptyBut(Set<TokenId> without) {
            return AskedTokens.this.isEmptyBut(without);
        }

        @Override
        public TokenId nextId() {
            return next;
        }

        @Override
        public Optional<Token> find(TokenId id) {
            return Optional.ofNullable(byId.get(id));
        }

        @Override
        public Optional<Token> find(TokenName name) {
            return known(name, byName, names);
        }

        @Override
        public Optional<Token> find(TokenDigest digest) {
            return known(digest, byDigest, digests);
        }

        private static <K> Optional<Token> known(K key, Map<K, Optional<Token>> known, Set<K> missing) {
            Optional<Token> token = known.get(key);
            if (token == null) {
                missing.add(key);
                return Optional.empty();
            }
            return token;
        }

        @Override
        public void apply(TokenEvent event) {}
    }
}
