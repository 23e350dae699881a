package io.latchkey.http.wire;

import io.latchkey.application.transfer.DeclaredToken;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.TokenPlan;
import io.latchkey.application.transfer.TokenPlan.Action;
import io.latchkey.application.transfer.TokenPlan.Prune;
import io.latchkey.application.transfer.TokenPlan.Step;
import io.latchkey.domain.Expiry;
import io.latchkey.domain.TokenDigest;
import io.latchkey.domain.TokenName;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of {@code POST /api/v1/apply}, and its response.
 *
 * @param wanted the declared tokens
 * @param others whether named tokens that are not declared are deleted
 */
public record ApplyTokens(List<DeclaredToken> wanted, Prune others, DryRun run) {
    private static final String PRUNE = "prune";
    private static final List<String> TOKEN_FIELDS = List.of("name", "description", "expiry", "hash");

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
                json.optionalText("hash").map(TokenDigest::parse));
    }

    /** Writes the body. */
    public byte[] write() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(TokenList.TOKENS);
            for (DeclaredToken token : wanted) {
                json.writeStartObject();
                json.writeStringField("name", token.name().value());
                if (token.description().isPresent()) {
                    json.writeStringField(
                            "description", token.description().get().text());
                }
                if (token.expiry().isPresent()) {
                    json.writeStringField(
                            "expiry",
                            token.expiry().get().end().map(Instant::toString).orElse(null));
                }
                if (token.digest().isPresent()) {
                    json.writeStringField("hash", token.digest().get().hex());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField(PRUNE, others == Prune.YES);
            json.writeBooleanField(TokenList.DRY_RUN, run == DryRun.YES);
            json.writeEndObject();
        });
    }

    /** Writes the response: the steps of the plan, done or, in a dry run, intended. */
    public static byte[] plan(TokenPlan plan) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("steps");
            for (Step step : plan.steps()) {
                json.writeStartObject();
                json.writeStringField("action", step.fate().name().toLowerCase(Locale.ROOT));
                json.writeStringField("name", step.name().value());
                json.writeArrayFieldStart("differences");
                for (String difference : step.differences()) {
                    json.writeString(difference);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
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
