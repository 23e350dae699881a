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

    /** RFC 5952, section 4: the longest run of zeros, the first of several, and never a single zero. */
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "10.1.2.3/32, 10.1.2.3",
        "10.0.0.0/9, 10.0.0.0/9",
        "10.0.0.0/10, 10.0.0.0/10",
        "0.0.0.0/0, 0.0.0.0/0",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:10.0.0.1/96, 10.0.0.1/0",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::, ::",
        "::/0, ::/0",
        "::1/128, ::1",
        "1::, 1::",
        "FD00:0:0::/8, fd00::/8",
        "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "1:0:0:4:5:6:7:a0b, 1::4:5:6:7:a0b",
        "0:2:3:4:5:6:0:0, 0:2:3:4:5:6::"
    })
    void has_one_form(String given, String form) {
        Network network = Network.parse(given).orElseThrow();
        assertThat(network.text()).isEqualTo(form);
        assertThat(network).hasToString(form);
        assertThat(Network.parse(form)).contains(network);
    }

    @Test
    void a_network_of_mapped_addresses_holds_no_other_addresses() {
        assertThat(Network.parse("::ffff:10.0.0.0/95")).isEmpty();
    }
}
