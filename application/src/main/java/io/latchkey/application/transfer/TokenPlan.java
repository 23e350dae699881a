package io.latchkey.application.transfer;

import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
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
    public enum Prune {
        NO,
        YES
    }

    /** What becomes of a token. */
    public enum Action {
        CREATE,
        EDIT,
        UNCHANGED,
        DELETE
    }

    /**
     * What happens to one token.
     *
     * @param differences for a reader: what was and what will be of a token that is edited, and what should be declared
     *     otherwise
     * @param change to be made, and refused if the token is no longer as it was; empty if there is none, or it was made
     *     elsewhere
     */
    public record Step(Action fate, TokenName name, List<String> differences, Optional<Change> change) {
        public Step {
            differences = List.copyOf(differences);
        }

        /** A step of a plan that somebody else carries out. */
        public static Step told(Action fate, TokenName name, List<String> differences) {
            return new Step(fate, name, differences, Optional.empty());
        }
    }

    /**
     * The plan for the tokens that are there.
     *
     * @throws ChangeRefused if one of those that are wanted cannot be had
     */
    public static TokenPlan of(List<DeclaredToken> wanted, List<Token> present, Prune others) {
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
        if (others == Prune.YES) {
            present.stream()
                    .filter(token -> !names.contains(token.name()) && !token.isOperator())
                    .map(token -> new Step(
                            Action.DELETE,
                            token.name(),
                            List.of(),
                            Optional.of(new Change.Revoke(token.name(), asItIs(token)))))
                    .forEach(steps::add);
        }
        return new TokenPlan(steps);
    }

    private static Step step(DeclaredToken wanted, Optional<Token> present) {
        return present.isPresent() ? step(wanted, present.get()) : creation(wanted);
    }

    private static Step creation(DeclaredToken wanted) {
        TokenDigest digest = wanted.digest()
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "hash", "a token that is not there needs a hash, or a file for its secret"));
        return new Step(
                Action.CREATE,
                wanted.name(),
                List.of(),
                Optional.of(new Change.Register(
                        wanted.name(),
                        digest,
                        lifetime(wanted.expiry().orElse(Expiry.NEVER)),
                        wanted.description().orElse(Description.NONE))));
    }

    private static Step step(DeclaredToken wanted, Token token) {
        Optional<Description> description = wanted.description().filter(text -> !text.equals(token.description()));
        Optional<Expiry> expiry = wanted.expiry().filter(end -> !end.equals(token.expiry()));
        List<String> differences = new ArrayList<>();
        description.ifPresent(text ->
                differences.add("description \"" + token.description().text() + "\" -> \"" + text.text() + "\""));
        expiry.ifPresent(end -> differences.add("expiry " + shown(token.expiry()) + " -> " + shown(end)));
        boolean edited = !differences.isEmpty();
        wanted.digest()
                .filter(digest -> !digest.equals(token.digest()))
                .ifPresent(digest -> differences.add(rotated(token, digest)));
        if (!edited) {
            return Step.told(Action.UNCHANGED, token.name(), differences);
        }
        if (token.isOperator()) {
            throw new TokenFailure.OperatorCannotBeEdited();
        }
        return new Step(
                Action.EDIT,
                token.name(),
                differences,
                Optional.of(new Change.Edit(
                        token.name(),
                        new TokenEdit(Optional.empty(), description, expiry.map(TokenPlan::lifetime)),
                        asItIs(token))));
    }

    /** A secret is replaced by a rotation alone, which has a grace and tells the new one to somebody. */
    private static String rotated(Token token, TokenDigest wanted) {
        int then = token.secrets()
                .former(wanted)
                .map(FormerSecret::generation)
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "hash",
                        "the token is there with another secret, which it never had before: `rotate token` gives it a"
                                + " new one, or it has to be deleted first"));
        return "rotated since (generation " + then + " -> " + token.secrets().generation()
                + "), so what is declared is its former secret: declare the new one, whose hash is "
                + token.digest().hex();
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
