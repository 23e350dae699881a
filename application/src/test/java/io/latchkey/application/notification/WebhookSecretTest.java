package io.latchkey.application.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.domain.TokenFailure;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static String text(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void has_24_to_64_bytes_and_shows_none() {
        assertThat(WebhookSecret.parse(text(24)).reveal()).isEqualTo(new byte[24]);
        assertThat(WebhookSecret.parse(text(64)).reveal()).hasSize(64);
        assertThat(WebhookSecret.parse(text(32))).hasToString("whsec_***");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void with_fewer_or_more_it_is_refused(int bytes) {
        assertThatThrownBy(() -> WebhookSecret.parse(text(bytes))).isInstanceOf(TokenFailure.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "oops", "whsec_", "whsec_oops_this_is_not_base64_at_all_", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void other_values_are_refused_without_quoting_them(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("expected whsec_ and 24 to 64 random bytes in base64, for example from openssl rand"
                        + " -base64 32");
    }
}
