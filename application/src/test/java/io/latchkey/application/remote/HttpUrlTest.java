package io.latchkey.application.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://tokens.example.org", "http://token_server:8181/auth/", "https://[::1]:8443"})
    void a_base_has_a_scheme_a_host_and_perhaps_a_path(String url) {
        assertThat(HttpUrl.isBase(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tokens.example.org",
                "HTTPS://tokens.example.org",
                "ftp://tokens.example.org",
                "https://",
                "https:///path",
                "https://alice@tokens.example.org",
                "https://tokens.example.org?a",
                "https://tokens.example.org#a",
                "https://tokens example.org"
            })
    void other_texts_are_no_base_url(String url) {
        assertThat(HttpUrl.isBase(url)).isFalse();
    }

    @Test
    void the_scheme_of_a_url_is_case_insensitive() {
        assertThat(HttpUrl.server(URI.create("HTTP://token_server:8181/x")))
                .contains(new HostAndPort("token_server", 8181));
        assertThat(HttpUrl.server(URI.create("ftp://tokens.example.org"))).isEmpty();
        assertThat(HttpUrl.server(URI.create("tokens.example.org"))).isEmpty();
    }
}
