package io.latchkey.application.transfer;

import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Change;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Precondition;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
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
 * The steps from the present tokens to the declared ones.
 *
 * @param steps one for each declared token, in order, then one for each token to remove
 */
public record TokenPlan(List<Step> steps) {
    public TokenPlan {
        steps = List.copyOf(steps);
    }

    /** What happens to tokens that are not declared. */
    public enum Prune {
        NO,
        YES
    }

    /** What a step does with a token. */
    public enum Action {
        CREATE,
        EDIT,
        UNCHANGED,
        DELETE
    }

    /**
     * A step for one token.
     *
     * @param differences for people: old and new values of an edited token, or what the declaration should say instead
     * @param change the change to make, refused if the token has changed since; empty if there is none or another
     *     process makes it
     */
    public record Step(Action fate, TokenName name, List<String> differences, Optional<Change> change) {
        public Step {
            differences = List.copyOf(differences);
        }

        /** A step of a plan that a server carries out. */
        public static Step reported(Action fate, TokenName name, List<String> differences) {
            return new Step(fate, name, differences, Optional.empty());
        }
    }

    /**
     * The plan for the present tokens.
     *
     * @throws ChangeRefused if a declared token is not possible
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
                .orElseThrow(
                        () -> new TokenFailure.Invalid("hash", "a new token needs a hash, or a file for its secret"));
        return new Step(
                Action.CREATE,
                wanted.name(),
                properties(wanted.attributes().appliedTo(Attributes.ADMIN)),
                Optional.of(new Change.Register(
                        wanted.name(),
                        digest,
                        lifetime(wanted.expiry().orElse(Expiry.NEVER)),
                        wanted.description().orElse(Description.NONE),
                        wanted.attributes().appliedTo(Attributes.ADMIN))));
    }

    /** What a new token is, beyond an admin token without limits. */
    private static List<String> properties(Attributes attributes) {
        List<String> properties = new ArrayList<>();
        switch (attributes.rights()) {
            case Rights.All() -> {}
            case Permissions permissions -> properties.add("permissions " + shown(permissions.texts()));
        }
        if (!attributes.from().equals(Origins.ANYWHERE)) {
            properties.add("from " + shown(attributes.from().texts()));
        }
        attributes.notBefore().at().ifPresent(start -> properties.add("not before " + start));
        if (!attributes.owner().isEmpty()) {
            properties.add("owner \"" + attributes.owner().text() + "\"");
        }
        if (!attributes.labels().equals(Labels.NONE)) {
            properties.add("labels " + shown(attributes.labels().texts()));
        }
        if (!attributes.routes().isEmpty()) {
            properties.add("routes " + routes(attributes.routes()));
        }
        return properties;
    }

    private static Step step(DeclaredToken wanted, Token token) {
        Optional<Description> description = wanted.description().filter(text -> !text.equals(token.description()));
        Optional<Expiry> expiry = wanted.expiry().filter(end -> !end.equals(token.expiry()));
        List<String> differences = new ArrayList<>();
        description.ifPresent(text ->
                differences.add("description \"" + token.description().text() + "\" -> \"" + text.text() + "\""));
        expiry.ifPresent(end -> differences.add("expiry " + shown(token.expiry()) + " -> " + shown(end)));
        AttributesEdit attributes = wanted.attributes().changing(token.attributes());
        differences.addAll(differences(attributes, token.attributes()));
        boolean edited = !differences.isEmpty();
        wanted.digest()
                .filter(digest -> !token.digest().isHidden() && !digest.equals(token.digest()))
                .ifPresent(digest -> differences.add(rotated(token, digest)));
        if (!edited) {
            return Step.reported(Action.UNCHANGED, token.name(), differences);
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
                        new TokenEdit(Optional.empty(), description, expiry.map(TokenPlan::lifetime), attributes),
                        asItIs(token))));
    }

    private static List<String> differences(AttributesEdit edit, Attributes before) {
        List<String> differences = new ArrayList<>();
        edit.permissions()
                .ifPresent(all ->
                        differences.add(change("permissions", before.rights().texts(), all.texts())));
        edit.from()
                .ifPresent(all -> differences.add(change("from", before.from().texts(), all.texts())));
        edit.notBefore()
                .ifPresent(start -> differences.add("not before " + shown(before.notBefore()) + " -> " + shown(start)));
        edit.owner()
                .ifPresent(owner ->
                        differences.add("owner \"" + before.owner().text() + "\" -> \"" + owner.text() + "\""));
        edit.labels()
                .ifPresent(
                        all -> differences.add(change("labels", before.labels().texts(), all.texts())));
        edit.routes().ifPresent(all -> differences.add("routes " + routes(before.routes()) + " -> " + routes(all)));
        return differences;
    }

    private static String routes(Routes routes) {
        return routes.isEmpty() ? "none" : String.join(", ", routes.texts());
    }

    private static String change(String property, List<String> before, List<String> after) {
        return property + " " + shown(before) + " -> " + shown(after);
    }

    private static String shown(List<String> values) {
        return values.isEmpty() ? "none" : String.join(" ", values);
    }

    private static String shown(NotBefore start) {
        return start.at().map(Instant::toString).orElse("none");
    }

    /**
     * Explains that the declared hash is a former one. A declaration cannot replace a secret: only a rotation can,
     * because it has a grace period and shows the new secret.
     */
    private static String rotated(Token token, TokenDigest wanted) {
        int then = token.secrets()
                .former(wanted)
                .map(FormerSecret::generation)
                .orElseThrow(() -> new TokenFailure.Invalid(
                        "hash",
                        "the token exists with another secret, and never had this one: rotate it with `rotate token`,"
                                + " or delete it first"));
        return "rotated since (generation " + then + " -> " + token.secrets().generation()
                + "), so the declared secret is a former one: declare the new one, whose hash is "
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
