package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class TokenSecretTest {
    @Test
    void a_new_secret_is_apiv3_and_64_random_bytes() {
        assertThat(TokenSecret.generate(new SecureRandom()).reveal())
                .matches("apiv3_[A-Za-z0-9_-]{86}")
                .hasSize(92);
    }

    @Test
    void a_new_secret_ends_with_the_checksum_of_the_rest() {
        var random = new SecureRandom();
        for (int i = 0; i < 1000; i++) {
            TokenSecret secret = TokenSecret.generate(random);
            assertThat(secret.hasChecksum()).isTrue();
            ByteBuffer bytes = ByteBuffer.wrap(
                    Base64.getUrlDecoder().decode(secret.reveal().substring(6)));
            CRC32 crc = new CRC32();
            crc.update(bytes.array(), 0, 60);
            assertThat(Integer.toUnsignedLong(bytes.getInt(60))).isEqualTo(crc.getValue());
        }
    }

    @Test
    void a_foreign_secret_has_no_checksum() {
        for (String other : new String[] {"", "apiv3_", "apiv3_" + "a".repeat(86), "é".repeat(46), "=".repeat(92)}) {
            assertThat(TokenSecret.presented(other).hasChecksum()).isFalse();
        }
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
    void its_text_form_does_not_contain_the_secret() {
        assertThat(TokenSecret.presented("apiv3_abcdef")).hasToString("apiv3_***");
    }

    @Test
    void a_text_can_be_shown_without_the_secrets_in_it() {
        String secret = TokenSecret.generate(new SecureRandom()).reveal();
        assertThat(TokenSecret.masked("Bearer " + secret + ", or '" + secret + "': what?"))
                .isEqualTo("Bearer apiv3_***, or 'apiv3_***': what?");
        assertThat(TokenSecret.masked("/api/v1/tokens/" + secret.replace("_", "%5F") + "/rotate"))
                .isEqualTo("/api/v1/tokens/apiv3_***/rotate");
        assertThat(TokenSecret.masked("/apiv3%5fa%2Db/x")).isEqualTo("/apiv3_***/x");
        String harmless = "must start with 'apiv3_', apiv3, apiv3_***";
        assertThat(TokenSecret.masked(harmless)).isEqualTo(harmless);
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
