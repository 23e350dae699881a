package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class TokenSecretTest {
    @Test
    void a_new_secret_is_apiv3_and_64_random_bytes() {
        assertThat(TokenSecret.generate(new SecureRandom()).reveal())
                .matches("apiv3_[A-Za-z0-9_-]{86}")
                .hasSize(92);
    }

    @Test
    void no_two_secrets_are_alike() {
        var random = new SecureRandom();
        var seen = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(TokenSecret.generate(random).reveal())).isTrue();
        }
    }

    @Test
    void its_digest_is_the_sha_512_of_the_whole_text() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-512").digest("apiv3_Zoë".getBytes(StandardCharsets.UTF_8));
        assertThat(TokenSecret.presented("apiv3_Zoë").digest().hex())
                .isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void it_prints_as_nothing_worth_stealing() {
        assertThat(TokenSecret.presented("apiv3_abcdef")).hasToString("apiv3_***");
    }

    @Test
    void secrets_are_not_compared() {
        assertThat(TokenSecret.presented("a")).isNotEqualTo(TokenSecret.presented("a"));
    }

    @Test
    void a_chosen_secret_looks_like_our_own_and_has_as_much_to_guess() {
        for (String good : new String[] {"a".repeat(22), "A-Z_a-z_0123456789-__-", "x".repeat(500)}) {
            assertThat(TokenSecret.chosen("apiv3_" + good).reveal()).isEqualTo("apiv3_" + good);
        }
        for (String bad : new String[] {"", "apiv3", "secret", "APIV3_" + "a".repeat(22), " apiv3_" + "a".repeat(22)}) {
            assertThatThrownBy(() -> TokenSecret.chosen(bad))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage("must start with 'apiv3_'");
        }
        for (String bad :
                new String[] {"", "a".repeat(21), "a".repeat(22) + "=", "é".repeat(22), "a".repeat(22) + "\n"}) {
            assertThatThrownBy(() -> TokenSecret.chosen("apiv3_" + bad))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessageContaining("at least 22 characters")
                    .hasMessageNotContaining("aaa");
        }
    }
}
