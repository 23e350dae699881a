package io.latchkey.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.Expiry;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenJsonTest {
    private static final String MINIMAL = "{\"id\":3,\"version\":1,\"name\":\"é\\\"\",\"digest\":\"" + "0a".repeat(64)
            + "\",\"description\":\"\",\"created_at\":7}";

    @Test
    void members_without_a_value_are_left_out() {
        Token token = TokenJson.read(MINIMAL);
        assertThat(token.expiry()).isEqualTo(Expiry.NEVER);
        assertThat(token.createdBy()).isEmpty();
        assertThat(token.lastChange()).isEmpty();
        assertThat(TokenJson.write(token)).isEqualTo(MINIMAL);
    }

    @Test
    void unknown_members_are_ignored() {
        String later = MINIMAL.replace("{\"id\"", "{\"scopes\":{\"id\":[1,{\"name\":null}]},\"flag\":true,\"id\"");
        assertThat(TokenJson.read(later)).isEqualTo(TokenJson.read(MINIMAL));
    }

    @Test
    void every_member_is_read() {
        Token token = TokenJson.read(MINIMAL.replace("\"version\":1", "\"version\":2")
                .replace("}", ",\"expires_at\":9,\"created_by\":0,\"changed_at\":8,\"changed_by\":1}"));
        assertThat(token.expiry()).isEqualTo(Expiry.at(Instant.ofEpochMilli(9)));
        assertThat(token.createdBy()).contains(new TokenId(0));
        assertThat(token.lastChange())
                .contains(new Token.LastChange(Instant.ofEpochMilli(8), Optional.of(new TokenId(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"id\":", "{\"id\":\"x\"}", "null"})
    void malformed_tokens_are_refused(String text) {
        assertThatThrownBy(() -> TokenJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
