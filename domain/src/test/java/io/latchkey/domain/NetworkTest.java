package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.0/23, 10.1.3.255, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "::/0, 10.0.0.1, false"
    })
    void contains_the_addresses_that_begin_with_the_same_bits(String network, String address, boolean contained) {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "localhost/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/a",
                "10.0.0",
                "10.0.0/24",
                "010.0.0.1",
                "10.1.515",
                "167838211",
                "0x0a.0.0.1",
                "[::1]",
                "::ffff:010.0.0.1",
                "fe80::1%lo"
            })
    void is_an_address_and_perhaps_a_number_of_bits(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void a_bit_behind_an_exact_network_is_a_mistake() {
        assertThat(Network.parseExact("10.0.0.1/8")).isEmpty();
        assertThat(Network.parse("10.0.0.1/8")).isPresent();
        assertThat(Network.parseExact("10/8")).isEmpty();
        assertThat(Network.parseExact("10.1.2.0/23")).isPresent();
        assertThat(Network.parseExact("10.1.3.0/23")).isEmpty();
        assertThat(Network.parseExact("10.1.2.3")).isPresent();
    }
}
