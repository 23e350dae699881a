package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenDigestTest {
    private static final TokenDigest DIGEST = TokenSecret.presented("abc").digest();
    /** FIPS 180-2, appendix C.1. */
    private static final String HEX = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    @Test
    void it_is_the_published_sha_512() {
        assertThat(DIGEST.hex()).isEqualTo(HEX);
        assertThat(DIGEST.abbreviated()).isEqualTo("ddaf35a19");
        assertThat(DIGEST).hasToString("ddaf35a19…");
    }

    @Test
    void it_survives_being_written_and_read() {
        assertThat(TokenDigest.parse(HEX)).isEqualTo(DIGEST).hasSameHashCodeAs(DIGEST);
        assertThat(TokenDigest.parse(HEX.toUpperCase(Locale.ROOT))).isEqualTo(DIGEST);
        assertThat(TokenDigest.ofBytes(DIGEST.bytes())).isEqualTo(DIGEST);
    }

    @Test
    void digests_that_differ_in_one_bit_are_different() {
        for (int bit = 0; bit < TokenDigest.BYTES * 8; bit++) {
            byte[] bytes = DIGEST.bytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(TokenDigest.ofBytes(bytes)).as("bit %d", bit).isNotEqualTo(DIGEST);
        }
    }

    @Test
    void it_equals_no_other_object() {
        assertThat(DIGEST).isNotEqualTo(null).isNotEqualTo(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "xyz", "0x"})
    void anything_but_128_hexadecimal_digits_is_refused(String hex) {
        assertThatThrownBy(() -> TokenDigest.parse(hex))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage("a token hash is the SHA-512 of the token: 128 hexadecimal digits");
        assertThatThrownBy(() -> TokenDigest.parse(HEX + hex + "0")).isInstanceOf(TokenFailure.Invalid.class);
    }

    @Test
    void its_bytes_are_copied() {
        byte[] bytes = DIGEST.bytes();
        TokenDigest copy = TokenDigest.ofBytes(bytes);
        bytes[0]++;
        assertThat(copy).isEqualTo(DIGEST);
    }

    @Test
    void what_stands_for_a_digest_that_must_not_be_shown_is_none_of_a_secret() {
        assertThat(TokenDigest.hidden(1).isHidden()).isTrue();
        assertThat(TokenDigest.hidden(1)).isNotEqualTo(TokenDigest.hidden(2));
        assertThat(DIGEST.isHidden()).isFalse();
        for (int bit = 0; bit < (TokenDigest.BYTES - Long.BYTES) * 8; bit++) {
            byte[] bytes = TokenDigest.hidden(1).bytes();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(TokenDigest.ofBytes(bytes).isHidden()).as("bit %d", bit).isFalse();
        }
    }
}
