package io.latchkey.http.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.TokenSecret;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTest {
    @Test
    void no_header_is_no_credential() {
        assertThat(Credential.parse(null)).isInstanceOf(Credential.None.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cret", "Token s3cret", "bearer s3cret", "TOKEN s3cret"})
    void a_secret_follows_its_scheme_in_any_case(String header) {
        assertSecret(header, "s3cret");
    }

    @Test
    void basic_carries_the_secret_as_the_password() {
        assertSecret("Basic " + base64("user:s3cret"), "s3cret");
        assertSecret("basic " + base64(":s3cret"), "s3cret");
        assertSecret("Basic " + base64("user:"), "");
        assertSecret("Basic " + base64("user:ü"), "ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "token",
                "Bearer a b",
                "Bearer  a",
                " Bearer a",
                "Bearer\ta",
                "Bearer a\u0007",
                "Bearer \u00fc",
                "Digest a",
                "Basic dXNlcg==",
                "Basic YTpiOmM=",
                "Basic dTpw=",
                "Basic dTpzMw",
                "Basic !!!!",
                "Basic /zo=",
                "Basic dTpwYXNzd29yZA-_"
            })
    void everything_else_is_malformed(String header) {
        assertThat(Credential.parse(header)).isInstanceOf(Credential.Malformed.class);
    }

    private static void assertSecret(String header, String secret) {
        assertThat(Credential.parse(header))
                .isInstanceOfSatisfying(
                        Credential.Presented.class,
                        presented -> assertThat(presented.secret().digest())
                                .isEqualTo(TokenSecret.presented(secret).digest()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
