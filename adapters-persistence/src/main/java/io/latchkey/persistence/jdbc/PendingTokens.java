package io.latchkey.persistence.jdbc;

import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenEvent;
import io.latchkey.domain.TokenId;
import io.latchkey.domain.TokenName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens with changes on top that are not written yet, and may never be. */
final class PendingTokens implements MutableTokens {
    private final MutableTokens base;
    /** The tokens as changed; empty for those that are revoked. */
    private final Map<TokenId, Optional<Token>> changed = new HashMap<>();

    private @Nullable TokenId next;

    PendingTokens(MutableTokens base) {
        this.base = base;
    }

    @Override
    public boolean isEmptyBut(Set<TokenId> without) {
        if (changed.values().stream().flatMap(Optional::stream).anyMatch(token -> !without.contains(token.id()))) {
            return false;
        }
        if (changed.isEmpty()) {
            return base.isEmptyBut(without);
        }
        Set<TokenId> all = new HashSet<>(without);
        all.addAll(changed.keySet());
        return base.isEmptyBut(all);
    }

    @Override
    public TokenId nextId() {
        TokenId known = next;
        if (known == null) {
            known = base.nextId();
            next = known;
        }
        return known;
    }

    @Override
    public Optional<Token> find(TokenId id) {
        Optional<Token> here = changed.get(id);
        if (here != null) {
            return here;
        }
        // No token ever had an id from the next on.
        return id.value() >= nextId().value() ? Optional.empty() : base.find(id);
    }

    @Override
    public Optional<Token> find(TokenName name) {
        return changed.values().stream()
                .flatMap(Optional::stream)
                .filter(token -> token.name().equals(name))
                .findFirst()
                .or(() -> base.find(name).filter(this::isUnchanged));
    }

    @Override
    public Optional<Token> find(TokenDigest digest) {
        return changed.values().stream()
                .flatMap(Optional::stream)
                .filter(token -> token.secrets().digests().anyMatch(digest::equals))
                .findFirst()
                .or(() -> base.find(digest).filter(this::isUnchanged));
    }

    private boolean isUnchanged(Token token) {
        return !changed.containsKey(token.id());
    }

    @Override
    public void apply(TokenEvent event) {
        TokenId known = nextId();
        changed.put(event.tokenId(), event.after());
        if (event.tokenId().value() >= known.value()) {
            next = event.tokenId().next();
        }
    }
}
