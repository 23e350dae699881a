package io.latchkey.http.wire;

import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Action;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.application.transfer.TokenPlan.Step;
import io.latchkey.domain.Description;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of {@code POST /api/v1/apply}, and its response.
 *
 * @param wanted the declared tokens
 * @param others whether named tokens that are not declared are deleted
 */
public record ApplyTokens(List<DeclaredToken> wanted, Prune others, DryRun run) {
    private static final String PRUNE = "prune";
    private static final List<String> TOKEN_FIELDS = Stream.concat(
                    Stream.of("name", "description", "expiry", "hash"), AttributesJson.FIELDS.stream())
            .toList();

    /** Reads the body. */
    public static ApplyTokens read(byte[] utf8) {
        JsonFields json = JsonFields.of(Json.parse(utf8), List.of(TokenList.TOKENS, PRUNE, TokenList.DRY_RUN));
        return new ApplyTokens(
                TokenList.read(json, TOKEN_FIELDS, ApplyTokens::readToken),
                json.truth(PRUNE) ? Prune.YES : Prune.NO,
                TokenList.readRun(json));
    }

    private static DeclaredToken readToken(JsonFields json) {
        return new DeclaredToken(
                new TokenName(json.text("name")),
                EditToken.readDescription(json),
                json.isNull("expiry")
                        ? Optional.of(Expiry.NEVER)
                        : json.optionalInstant("expiry").map(Expiry::at),
                json.optionalText("hash").map(TokenDigest::parse),
                AttributesJson.readEdit(json));
    }

    /** Writes the body. */
    public byte[] write() {
        return JsonWriter.object(json -> json.withObjects(TokenList.TOKENS, wanted, ApplyTokens::write)
                .with(PRUNE, others == Prune.YES)
                .with(TokenList.DRY_RUN, run == DryRun.YES));
    }

    private static void write(JsonWriter json, DeclaredToken token) {
        json.with("name", token.name().value())
                .withTextIfPresent("description", token.description().map(Description::text));
        token.expiry().ifPresent(expiry -> json.withInstant("expiry", expiry.end()));
        json.withTextIfPresent("hash", token.digest().map(TokenDigest::hex));
        AttributesJson.write(json, token.attributes());
    }

    /** Writes the response: the steps of the plan, done or, in a dry run, intended. */
    public static byte[] plan(TokenPlan plan) {
        return JsonWriter.object(json -> json.withObjects(
                "steps",
                plan.steps(),
                (object, step) -> object.with("action", step.fate().name().toLowerCase(Locale.ROOT))
                        .with("name", step.name().value())
                        .withTexts("differences", step.differences())));
    }

    /** Reads the response of {@link #plan(TokenPlan)}. */
    public static TokenPlan readPlan(byte[] utf8) {
        return new TokenPlan(JsonFields.of(Json.parse(utf8)).elements("steps").stream()
                .map(JsonFields::of)
                .map(step -> Step.reported(
                        fate(step.text("action")), new TokenName(step.text("name")), step.texts("differences")))
                .toList());
    }

    private static Action fate(String action) {
        for (Action fate : Action.values()) {
            if (fate.name().toLowerCase(Locale.ROOT).equals(action)) {
                return fate;
            }
        }
        throw new JsonException("action", "field `action`: expected create, edit, unchanged or delete");
    }
}
