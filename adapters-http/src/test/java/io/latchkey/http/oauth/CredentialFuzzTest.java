package io.latchkey.http.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.Fuzzer;
import io.latchkey.domain.TokenSecret;
import io.latchkey.http.security.Credential;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Fuzzes {@code Authorization} headers: they are read or malformed. */
final class CredentialFuzzTest {
    private static final String SECRET = "apiv3_" + "s".repeat(86);
    private static final List<String> TEXTS = List.of(
            "Bearer " + SECRET,
            "Token " + SECRET,
            "bearer x",
            "TOKEN apiv3_",
            basic("user:" + SECRET),
            basic(":x"),
            basic("user:"),
            basic("a:b:c"),
            basic("no colon"),
            basic("ü:ü"),
            basic("a%3Ab:apiv3%5Fx+y%"),
            "Basic dTpzMw",
            "Basic /zo=",
            "Digest username=\"x\", realm=\"y\"",
            "Bearer a b",
            "");
    private static final List<String> WORDS = List.of(
            "Bearer", "Token", "Basic", "basic ", "bearer ", " ", "  ", "\t", "=", "==", ":", "Og==", "dTpz", "%5F",
            "apiv3_", ",", "\"", "/", "+", "-", "_");
    private static final Pattern PLAIN = Pattern.compile("(?i:bearer|token) ([!-~]+)");
    private static final Pattern BASIC =
            Pattern.compile("(?i:basic) ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|" + "[A-Za-z0-9+/]{3}=)?)");

    @Test
    void any_header_is_read_as_in_the_contract() {
        new Fuzzer(3, TEXTS, WORDS).fuzz(header -> {
            Matcher plain = PLAIN.matcher(header);
            switch (Credential.parse(header)) {
                case Credential.Presented(var secret) -> {
                    if (plain.matches()) {
                        if (!secret.digest()
                                .equals(TokenSecret.presented(plain.group(1)).digest())) {
                            throw new AssertionError("another secret");
                        }
                    } else if (!BASIC.matcher(header).matches()) {
                        throw new AssertionError("presented, but not well-formed");
                    }
                }
                case Credential.Malformed() -> {
                    if (plain.matches()) {
                        throw new AssertionError("well-formed, but taken for malformed");
                    }
                }
                case Credential.None() -> throw new AssertionError("there was a header");
            }
        });
    }

    @Test
    void any_oauth_header_is_a_credential_or_malformed() {
        new Fuzzer(4, TEXTS, WORDS).fuzz(header -> {
            if (OAuthClient.credential(header) instanceof Credential.None) {
                throw new AssertionError("there was a header");
            }
        });
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
