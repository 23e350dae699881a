package io.latchkey.application;

import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the tokens that are there become those that somebody wants.
 *
 * @param steps one for each that is wanted, in their order, and then one for each that is to go
 */
public record TokenPlan(List<Step> steps) {
    public TokenPlan {
        steps = List.copyOf(steps);
    }

    /** What happens to a token that nobody wants. */
    public enum Others {
        KEPT,
        DELETED
    }

    /** What becomes of a token. */
    public enum Fate {
        CREATE,
        EDIT,
        UNCHANGED,
        DELETE
    }

    /**
     * What happens to one token.
     *
     * @param differences what was and what will be, for a reader, of a token that is edited
     * @param change to be made, and refused if the token is no longer as it was; empty if there is none, or it was made
     *     elsewhere
     */
    public record Step(Fate fate, TokenName name, List<String> differences, Optional<Change> change) {
        public Step {
            differences = List.copyOf(differences);
        }

        /** A step of a plan that somebody else carries out. */
        public static Step told(Fate fate, TokenName name, List<String> differences) {
            return new Step(fate, name, differences, Optional.empty());
        }
    }

    /**
     * The plan for the tokens that are there.
     *
     * @throws ChangeRefused if one of those that are wanted cannot be had
     */
    public static TokenPlan of(List<DeclaredToken> wanted, List<Token> present, Others others) {
        Map<TokenName, Token> byName = present.stream().collect(Collectors.toMap(Token::name, Function.identity()));
        Set<TokenName> names = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        for (DeclaredToken token : wanted) {
            try {
                if (!names.add(token.name())) {
                    throw new TokenFailure.NameTaken(token.name());
                }
                steps.add(step(token, Optional.ofNullable(byName.get(token.name()))));
            } catch (TokenFailure e) {
                throw new ChangeRefused(steps.size(), e);
            }
        }
        if (others == Others.DELETED) {
            present.stream()
                    .filter(token -> !names.contains(token.name()) && !token.isOperator())
                    .map(token -> new Step(
                            Fate.DELETE,
                            token.name(),
                            List.of(),
                            Optional.of(new Change.Revoke(token.name(), asItIs(token)))))
                    .forEach(steps::add);
        }
        return new TokenPlan(steps);
    }

    private static Step step(DeclaredToken wanted, Optional<Token> present) {
        if (present.isEmpty()) {
            return new Step(
                    Fate.CREATE,
                    wanted.name(),
                    List.of(),
                    Optional.of(new Change.Register(
                            wanted.name(),
                            wanted.digest()
                                    .orElseThrow(() -> new TokenFailure.Invalid(
                                            "hash",
                                            "a token that is not there needs a hash, or a file for its secret")),
                            lifetime(wanted.expiry()),
                            wanted.description())));
        }
        Token token = present.get();
        if (wanted.digest().filter(digest -> !digest.equals(token.digest())).isPresent()) {
            throw new TokenFailure.Invalid("hash", "the token is there with another secret");
        }
        List<String> differences = new ArrayList<>();
        Optional<Description> description =
                Optional.of(wanted.description()).filter(text -> !text.equals(token.description()));
        description.ifPresent(text ->
                differences.add("description \"" + token.description().text() + "\" -> \"" + text.text() + "\""));
        Optional<Expiry> expiry = Optional.of(wanted.expiry()).filter(end -> !end.equals(token.expiry()));
        expiry.ifPresent(end -> differences.add("expiry " + shown(token.expiry()) + " -> " + shown(end)));
        if (differences.isEmpty()) {
            return Step.told(Fate.UNCHANGED, token.name(), List.of());
        }
        if (token.isOperator()) {
            throw new TokenFailure.OperatorUneditable();
        }
        return new Step(
                Fate.EDIT,
                token.name(),
                differences,
                Optional.of(new Change.Edit(
                        token.name(),
                        new TokenEdit(Optional.empty(), description, expiry.map(TokenPlan::lifetime)),
                        asItIs(token))));
    }

    private static Precondition asItIs(Token token) {
        return new Precondition(List.of(token.version()));
    }

    private static Lifetime lifetime(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Never() -> Lifetime.UNLIMITED;
            case Expiry.At(var endMillis) -> new Lifetime.Until(Instant.ofEpochMilli(endMillis));
        };
    }

    private static String shown(Expiry expiry) {
        return expiry.end().map(Instant::toString).orElse("never");
    }
}
