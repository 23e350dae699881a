package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The addresses from which a token is accepted. */
final class OriginsTest {
    private static Origins origins(String... texts) {
        return Origins.parse(List.of(texts));
    }

    @Test
    void have_one_form_in_which_none_is_inside_another_or_beside_its_other_half() {
        assertThat(origins("::1", "10.0.0.1", "9.0.0.0/8").texts()).containsExactly("9.0.0.0/8", "10.0.0.1", "::1");
        assertThat(origins("10.1.0.0/16", "10.0.0.0/8", "10.0.0.0/8").texts()).containsExactly("10.0.0.0/8");
        assertThat(origins("10.0.0.128/25", "10.0.0.0/26", "10.0.0.64/26").texts())
                .containsExactly("10.0.0.0/24");
        assertThat(origins("128.0.0.0/1", "0.0.0.0/1").texts()).containsExactly("0.0.0.0/0");
        assertThat(origins("0.0.0.0/0", "::/0").texts()).containsExactly("0.0.0.0/0", "::/0");
        assertThat(origins("10.0.1.0/24", "10.0.2.0/24").texts())
                .as("neighbours that are no halves")
                .containsExactly("10.0.1.0/24", "10.0.2.0/24");
        assertThat(origins("10.0.0.0/24", "10.0.1.0/25").texts()).containsExactly("10.0.0.0/24", "10.0.1.0/25");
    }

    @Test
    void are_sixteen_at_most() {
        List<String> most = IntStream.range(0, Origins.MOST)
                .mapToObj(i -> "10.0." + 2 * i + ".1")
                .toList();
        assertThat(Origins.parse(most).networks()).hasSize(Origins.MOST);
        List<String> more = new ArrayList<>(most);
        more.add("::1");
        assertThatThrownBy(() -> Origins.parse(more)).hasMessage("a token must not have more than 16 networks");
    }

    @Test
    void are_refused_with_what_is_expected() {
        for (String wrong : List.of("10.0.0.1/8", "localhost", "")) {
            assertThatThrownBy(() -> origins(wrong))
                    .isInstanceOf(TokenFailure.Invalid.class)
                    .hasMessage(
                            "expected an address or a network such as 10.0.0.0/8 or 2001:db8::/32, and not " + wrong);
        }
    }

    @Test
    void allow_an_unknown_address_only_without_a_limit() {
        InetAddress unknown = InetAddress.ofLiteral("::");
        assertThat(Origins.ANYWHERE.allow(unknown)).isTrue();
        assertThat(origins("::/0", "0.0.0.0/0").allow(unknown)).isFalse();
        assertThat(origins("::/0").allow(InetAddress.ofLiteral("::1"))).isTrue();
        assertThat(origins("10.0.0.0/8", "::1").allow(InetAddress.ofLiteral("::1")))
                .isTrue();
        assertThat(origins("10.0.0.0/8").allow(InetAddress.ofLiteral("11.0.0.1")))
                .isFalse();
    }
}
