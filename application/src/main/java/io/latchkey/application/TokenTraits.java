package io.latchkey.application;

import io.latchkey.domain.Owner;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenKind;
import java.util.List;
import java.util.Optional;

/**
 * Selects tokens by what they are and whose they are.
 *
 * @param kind only tokens of this kind
 * @param owner only tokens of exactly this owner
 * @param labels only tokens with all of these labels
 */
public record TokenTraits(Optional<TokenKind> kind, Optional<Owner> owner, List<LabelMatch> labels) {
    /** Matches every token. */
    public static final TokenTraits EVERY = new TokenTraits(Optional.empty(), Optional.empty(), List.of());

    public TokenTraits {
        labels = List.copyOf(labels);
    }

    /** Whether a token matches. */
    boolean of(Token token) {
        return (kind.isEmpty() || kind.get() == token.kind())
                && (owner.isEmpty() || owner.get().equals(token.attributes().owner()))
                && (labels.isEmpty()
                        || labels.stream()
                                .allMatch(label -> label.of(token.attributes().labels())));
    }
}
