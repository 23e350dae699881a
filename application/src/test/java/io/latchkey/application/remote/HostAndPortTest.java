package io.latchkey.application.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8181,            127.0.0.1, 8181",
        "https://tokens.example.org/path,  tokens.example.org, -1",
        "http://[::1]:8181,                [::1], 8181",
        "http://my_latchkey:8181/x?y=z,    my_latchkey, 8181",
        "http://stack_latchkey,            stack_latchkey, -1",
        "http://_latchkey.my_net.:80,      _latchkey.my_net., 80",
        "https://my_latchkey:/,            my_latchkey, -1"
    })
    void is_what_the_address_says(URI address, String host, int port) {
        assertThat(HostAndPort.of(address)).contains(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:/path",
                "mailto:a_b",
                "http://user:secret@my_latchkey:8181",
                "http://my_latchkey:81x",
                "http://my_latchkey:123456",
                "http://my_latchkey:80:81",
                "http://-my_latchkey",
                "http://m%C3%BCller_1",
                "http://my_latchkey;x"
            })
    void is_none(URI address) {
        assertThat(HostAndPort.of(address)).isEmpty();
    }

    @Test
    void is_shown_as_in_an_address() {
        assertThat(new HostAndPort("my_latchkey", 80)).hasToString("my_latchkey:80");
        assertThat(new HostAndPort("my_latchkey", -1)).hasToString("my_latchkey");
    }

    @Test
    void has_a_port_that_tcp_has_or_none() {
        assertThat(new HostAndPort("a.test", 65_535).hasValidPort()).isTrue();
        assertThat(new HostAndPort("a.test", 65_536).hasValidPort()).isFalse();
        assertThat(new HostAndPort("a.test", -1)).hasToString("a.test");
        assertThat(new HostAndPort("a.test", 0)).hasToString("a.test:0");
    }
}
