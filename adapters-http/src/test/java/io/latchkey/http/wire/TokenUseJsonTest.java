package io.latchkey.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.TokenUse;
import io.latchkey.domain.TokenId;
import io.latchkey.http.json.Json;
import io.latchkey.http.json.JsonWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The uses of a token, written and read. */
final class TokenUseJsonTest {
    @Test
    void a_use_from_an_unknown_address_is_read_as_it_was_written() {
        Instant last = Instant.parse("2030-01-01T00:00:00Z");
        List<TokenUse> uses = List.of(
                new TokenUse(new TokenId(7), 1, last, Optional.empty(), 3),
                new TokenUse(new TokenId(7), 2, last.plusSeconds(1), Optional.of("10.0.0.1"), 1));
        byte[] json = JsonWriter.object(object -> {
            object.with("id", 7);
            TokenUseJson.write(object, uses);
        });
        assertThat(TokenUseJson.read(Json.parse(json))).isEqualTo(uses);
    }
}
