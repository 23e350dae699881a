package io.latchkey.http.wire;

import io.latchkey.domain.Attributes;
import io.latchkey.domain.AttributesEdit;
import io.latchkey.domain.Labels;
import io.latchkey.domain.NotBefore;
import io.latchkey.domain.Origins;
import io.latchkey.domain.Owner;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.Routes;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonException;
import io.latchkey.http.json.JsonFields;
import io.latchkey.http.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON of the attributes of tokens: {@code permissions}, {@code from} and {@code routes} are arrays of strings, {@code labels} an object of
 * strings. A field is missing where a token has no such attribute.
 */
final class AttributesJson {
    /** The fields. */
    static final List<String> FIELDS = List.of("permissions", "from", "not_before", "owner", "labels", "routes");

    private AttributesJson() {}

    /** Writes those that are not at their default, into an open object. */
    static void write(JsonWriter json, Attributes attributes) {
        switch (attributes.rights()) {
            case Rights.All() -> {}
            case Permissions permissions -> json.withTexts("permissions", permissions.texts());
        }
        if (!attributes.from().networks().isEmpty()) {
            json.withTexts("from", attributes.from().texts());
        }
        attributes.notBefore().at().ifPresent(at -> json.with("not_before", at.toString()));
        if (!attributes.owner().isEmpty()) {
            json.with("owner", attributes.owner().text());
        }
        if (!attributes.labels().values().isEmpty()) {
            write(json, attributes.labels());
        }
        if (!attributes.routes().isEmpty()) {
            json.withTexts("routes", attributes.routes().texts());
        }
    }

    private static void write(JsonWriter json, Labels labels) {
        json.withObject("labels", object -> labels.values().forEach(object::with));
    }

    /** Writes an edit into an open object; {@code null} removes a value. */
    static void write(JsonWriter json, AttributesEdit edit) {
        edit.permissions().ifPresent(rights -> json.withTexts("permissions", rights.texts()));
        edit.from().ifPresent(from -> json.withTexts("from", from.texts()));
        edit.notBefore().ifPresent(start -> json.withInstant("not_before", start.at()));
        edit.owner().ifPresent(owner -> json.with("owner", owner.text()));
        edit.labels().ifPresent(labels -> write(json, labels));
        edit.routes().ifPresent(routes -> json.withTexts("routes", routes.texts()));
    }

    /** Reads the attributes of a new token. */
    static Attributes read(JsonFields json) {
        return readEdit(json).appliedTo(Attributes.ADMIN);
    }

    /** Reads the attributes of an existing token, of which InfluxDB's table has the permissions as one text. */
    static Attributes readExisting(JsonFields json) {
        return switch (json.value("permissions").orElse(Json.Null.NULL)) {
            case Json.Null _ -> edit(json, Optional.empty()).appliedTo(Attributes.ADMIN);
            case Json.Text(var text) ->
                edit(json, Optional.of(rights(List.of(text)))).appliedTo(Attributes.ADMIN);
            case Json.Obj _, Json.Array _, Json.Num _, Json.Bool _ -> read(json);
        };
    }

    /**
     * Reads an edit. {@code null} removes origins, start, owner, labels and routes; permissions are removed only by an empty array,
     * so that {@code null} is never taken for all rights.
     */
    static AttributesEdit readEdit(JsonFields json) {
        return edit(json, json.value("permissions").map(_ -> rights(json.texts("permissions"))));
    }

    private static AttributesEdit edit(JsonFields json, Optional<Rights> permissions) {
        return new AttributesEdit(
                permissions,
                json.isNull("from")
                        ? Optional.of(Origins.ANYWHERE)
                        : json.value("from").map(_ -> Origins.parse(json.texts("from"))),
                json.has("not_before")
                        ? Optional.of(new NotBefore(json.optionalInstant("not_before")))
                        : Optional.empty(),
                json.isNull("owner")
                        ? Optional.of(Owner.NONE)
                        : json.optionalText("owner").map(Owner::new),
                json.isNull("labels")
                        ? Optional.of(Labels.NONE)
                        : json.value("labels").map(AttributesJson::readLabels),
                json.isNull("routes")
                        ? Optional.of(Routes.ANY)
                        : json.value("routes").map(_ -> Routes.parse(json.texts("routes"))));
    }

    private static Rights rights(List<String> texts) {
        return texts.equals(Rights.ALL.texts()) ? Rights.ALL : Permissions.parse(texts);
    }

    private static Labels readLabels(Json value) {
        if (!(value instanceof Json.Obj)) {
            throw new JsonException("labels", "field `labels`: expected an object of strings");
        }
        JsonFields members = JsonFields.of(value);
        SortedMap<String, String> labels = new TreeMap<>();
        members.byName().keySet().forEach(key -> labels.put(key, members.text(key)));
        return new Labels(labels);
    }
}
