package io.latchkey.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void writes_members_in_the_order_of_the_calls() {
        assertThat(written(json -> json.with("text", "a \"b\" \\ \n \u0001 ü 😀")
                        .with("number", Long.MIN_VALUE)
                        .with("truth", true)
                        .withNull("nothing")))
                .isEqualTo("{\"text\":\"a \\\"b\\\" \\\\ \\n \\u0001 ü 😀\",\"number\":-9223372036854775808,"
                        + "\"truth\":true,\"nothing\":null}");
    }

    @Test
    void writes_null_or_no_member_without_a_value() {
        assertThat(written(json -> json.withText("text", Optional.empty())
                        .withInstant("instant", Optional.empty())
                        .withNumber("number", Optional.empty())
                        .withTextIfPresent("a", Optional.empty())
                        .withNumberIfPresent("b", Optional.empty())))
                .isEqualTo("{\"text\":null,\"instant\":null,\"number\":null}");
        assertThat(written(json -> json.withText("text", Optional.of("x"))
                        .withInstant("instant", Optional.of(Instant.ofEpochMilli(5)))
                        .withNumber("number", Optional.of(1L))
                        .withTextIfPresent("a", Optional.of("y"))
                        .withNumberIfPresent("b", Optional.of(2L))))
                .isEqualTo(
                        "{\"text\":\"x\",\"instant\":\"1970-01-01T00:00:00.005Z\",\"number\":1,\"a\":\"y\",\"b\":2}");
    }

    @Test
    void writes_objects_and_arrays_inside() {
        assertThat(written(json -> json.withObject("object", object -> object.with("a", 1))
                        .withObjects("objects", List.of(1, 2), (object, number) -> object.with("n", number))
                        .withObjects("none", List.<Integer>of(), (object, number) -> object.with("n", number))
                        .withTexts("texts", List.of("x", "y"))
                        .with("after", false)))
                .isEqualTo(
                        "{\"object\":{\"a\":1},\"objects\":[{\"n\":1},{\"n\":2}],\"none\":[],\"texts\":[\"x\",\"y\"],"
                                + "\"after\":false}");
        assertThat(written(_ -> {})).isEqualTo("{}");
    }

    private static String written(Consumer<JsonWriter> members) {
        return new String(JsonWriter.object(members), UTF_8);
    }
}
