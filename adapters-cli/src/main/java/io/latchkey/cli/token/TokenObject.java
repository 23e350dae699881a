package io.latchkey.cli.token;

import io.latchkey.application.TokenUse;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.domain.Attributes;
import io.latchkey.domain.Disablement;
import io.latchkey.domain.FormerSecret;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A token as JSON, with the same members as in the HTTP API. */
public final class TokenObject {
    private TokenObject() {}

    /** The JSON of a token. */
    public static JsonObject of(Token token, Instant now) {
        JsonObject object = new JsonObject()
                .with("id", token.id().value())
                .with("version", token.version().number())
                .with("name", token.name().value())
                .with("kind", kind(token))
                .with("state", state(token, now));
        withHash(object, token.digest())
                .with("description", token.description().text())
                .with("created_at", token.createdAt().toString())
                .withNumber("created_by_token_id", token.createdBy().map(TokenId::value))
                .withInstant("updated_at", token.lastChange().map(Token.LastChange::at))
                .withNumber(
                        "updated_by_token_id",
                        token.lastChange().flatMap(Token.LastChange::by).map(TokenId::value))
                .withInstant("expiry", token.expiry().end())
                .with("generation", token.secrets().generation());
        return with(object, token.attributes())
                .withInstant("previous_secret_until", token.previousSecretUntil(now))
                .with("former_secrets", token.secrets().former().stream().map(TokenObject::of))
                .withInstant("disabled_at", token.disablement().map(Disablement::since))
                .withText(
                        "disabled_reason",
                        token.disablement()
                                .map(disablement -> disablement.reason().text()));
    }

    /** As in the HTTP API, where these words were there before resource tokens. */
    private static String kind(Token token) {
        return switch (token.kind()) {
            case OPERATOR -> "operator";
            case ADMIN -> "named";
            case RESOURCE -> "resource";
        };
    }

    /** Without a digest that the caller must not know. */
    private static JsonObject withHash(JsonObject object, TokenDigest digest) {
        return digest.isHidden() ? object : object.with("hash", digest.hex());
    }

    private static JsonObject with(JsonObject object, Attributes attributes) {
        switch (attributes.rights()) {
            case Rights.All() -> {}
            case Permissions permissions -> object.withTexts("permissions", permissions.texts().stream());
        }
        if (!attributes.from().networks().isEmpty()) {
            object.withTexts("from", attributes.from().texts().stream());
        }
        attributes.notBefore().at().ifPresent(at -> object.with("not_before", at.toString()));
        if (!attributes.owner().isEmpty()) {
            object.with("owner", attributes.owner().text());
        }
        if (!attributes.labels().values().isEmpty()) {
            JsonObject labels = new JsonObject();
            attributes.labels().values().forEach(labels::with);
            object.withJson("labels", labels.text());
        }
        if (!attributes.routes().isEmpty()) {
            object.withTexts("routes", attributes.routes().texts().stream());
        }
        return object;
    }

    /** The JSON of a token and its uses. */
    static JsonObject of(Token token, List<TokenUse> uses, Instant now) {
        Optional<TokenUse> all = uses.stream().reduce(TokenUse::and);
        return use(of(token, now), all)
                .withNumber("last_used_generation", all.map(TokenUse::generation))
                .with("last_used_accuracy_seconds", TokenUse.ACCURACY.toSeconds())
                .with(
                        "generations",
                        uses.stream()
                                .map(each -> use(
                                        new JsonObject().with("generation", each.generation()), Optional.of(each))));
    }

    /** The state of a token in one word. */
    static String state(Token token, Instant now) {
        return token.stateAt(now).name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject of(FormerSecret former) {
        return withHash(new JsonObject().with("generation", former.generation()), former.digest())
                .withInstant("valid_until", former.until());
    }

    private static JsonObject use(JsonObject object, Optional<TokenUse> use) {
        return object.withInstant("last_used_at", use.map(TokenUse::last))
                .withText("last_used_from", use.flatMap(TokenUse::from))
                .with("use_count", use.map(TokenUse::count).orElse(0L));
    }
}
