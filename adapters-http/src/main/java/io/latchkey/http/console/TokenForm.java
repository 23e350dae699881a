package io.latchkey.http.console;

import io.latchkey.application.NewToken;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Description;
import io.latchkey.domain.HumanMoment;
import io.latchkey.domain.Labels;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenEdit;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The properties of a token in a form: those of lists one a line. */
record TokenForm(FormFields fields) {
    private static final List<String> PROPERTIES =
            List.of("name", "description", "owner", "labels", "from", "not_before", "routes");

    private static final String PERMISSIONS = "permissions";

    /** The token to create. */
    NewToken created() {
        fields.require(PROPERTIES);
        fields.require(List.of(PERMISSIONS));
        Rights rights = switch (fields.text("kind")) {
            case "admin" -> Rights.ALL;
            case "resource" ->
                some(
                        permissions(),
                        "say what the token may do, one permission a line, such as tokens:*:read;"
                                + " only \"latchkey create token --no-permissions\" makes one that may do nothing");
            default -> throw new TokenFailure.Invalid("kind", "choose the kind of the token");
        };
        return new NewToken(
                new TokenName(fields.text("name")),
                lifetime(),
                description(),
                new Attributes(rights, from(), notBefore(), owner(), labels(), routes()));
    }

    /** What changes of a token; values that it has already are no change. */
    TokenEdit changing(Token token) {
        fields.require(PROPERTIES);
        AttributesEdit attributes = new AttributesEdit(
                edited(token.rights()),
                Optional.of(from()),
                Optional.of(notBefore()),
                Optional.of(owner()),
                Optional.of(labels()),
                Optional.of(routes()));
        return new TokenEdit(
                Optional.of(new TokenName(fields.text("name"))).filter(name -> !name.equals(token.name())),
                Optional.of(description()).filter(text -> !text.equals(token.description())),
                Optional.empty(),
                attributes.changing(token.attributes()));
    }

    private Optional<Rights> edited(Rights before) {
        return switch (before) {
            case Rights.All() -> Optional.empty();
            case Permissions had -> {
                fields.require(List.of(PERMISSIONS));
                Permissions permissions = permissions();
                yield Optional.of(
                        had.texts().isEmpty()
                                ? permissions
                                : some(
                                        permissions,
                                        "the token must keep a permission: disable it if it may do nothing"));
            }
        };
    }

    private static Permissions some(Permissions permissions, String otherwise) {
        if (permissions.texts().isEmpty()) {
            throw new TokenFailure.Invalid(PERMISSIONS, otherwise);
        }
        return permissions;
    }

    /** A new expiry and nothing else. */
    TokenEdit extended() {
        return new TokenEdit(Optional.empty(), Optional.empty(), Optional.of(lifetime()));
    }

    private Lifetime lifetime() {
        if (!fields.has("expiry")) {
            throw new TokenFailure.Invalid("expiry", "say when the token expires: 90d, 2030-01-31 or never");
        }
        return understood(
                "expiry",
                () -> Lifetime.parse(fields.text("expiry")),
                "the expiry must be such as 90d, 2030-01-31 or never");
    }

    /** What a field means; a failure says what the field expects first. */
    private static <T> T understood(String field, Supplier<T> meaning, String expected) {
        try {
            return meaning.get();
        } catch (TokenFailure.Invalid e) {
            throw new TokenFailure.Invalid(field, expected + " (" + e.sentence() + ")");
        }
    }

    private Description description() {
        return new Description(fields.text("description"));
    }

    private Permissions permissions() {
        return Permissions.parse(fields.lines(PERMISSIONS));
    }

    private Origins from() {
        return Origins.parse(fields.lines("from"));
    }

    private Owner owner() {
        return new Owner(fields.text("owner"));
    }

    private Labels labels() {
        return Labels.parse(fields.lines("labels"));
    }

    private Routes routes() {
        return Routes.parse(fields.lines("routes"));
    }

    private NotBefore notBefore() {
        return fields.has("not_before")
                ? understood(
                        "not_before",
                        () -> NotBefore.of(HumanMoment.parse(fields.text("not_before"))),
                        "the start must be such as 2030-01-31")
                : NotBefore.NONE;
    }
}
