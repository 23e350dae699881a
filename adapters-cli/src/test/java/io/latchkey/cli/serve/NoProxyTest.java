package io.latchkey.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "* hook.example.org",
                "example.org example.org",
                "example.org hook.example.org",
                ".example.org hook.example.org",
                "*.example.org hook.example.org",
                "EXAMPLE.org Hook.Example.Org",
                "other.test,example.org hook.example.org",
                "example.org:443 hook.example.org",
                "192.0.2.7 192.0.2.7",
                "192.0.2.0/24 192.0.2.7",
                "2001:db8::/32 [2001:db8::1]",
                "[2001:db8::1]:443 [2001:db8::1]",
                "2001:db8::443 [2001:db8::443]",
            })
    void covers(String list, String host) {
        assertThat(new NoProxy(list).covers(host, 443)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "'' example.org",
                "example.org badexample.org",
                "example.org example.org.test",
                "hook.example.org example.org",
                "example.org:8443 example.org",
                "192.0.2.0/24 192.0.3.7",
                "192.0.2.0/99 192.0.2.7",
                "192.0.2.0/x 192.0.2.7",
                "0.0.0.0/0 [2001:db8::1]",
                "192.0.2.0/24 hook.example.org",
            })
    void does_not_cover(String list, String host) {
        assertThat(new NoProxy(list).covers(host, 443)).isFalse();
    }
}
