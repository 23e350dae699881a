package io.latchkey.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.cli.terminal.OpenFileLimit;
import org.junit.jupiter.api.Test;

final class OpenFilesCheckTest {
    private static OpenFileLimit of(String soft) {
        return OpenFileLimit.parse("""
                Limit                     Soft Limit           Hard Limit           Units
                Max core file size        0                    unlimited            bytes
                Max open files            %-20s 524288               files
                """.formatted(soft));
    }

    @Test
    void reads_what_linux_says() {
        assertThat(of("1024").most()).isEqualTo(1024);
        assertThat(of("unlimited").most()).isEqualTo(Integer.MAX_VALUE);
        assertThat(OpenFileLimit.parse("").most()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void keeps_some_for_the_server_itself() {
        assertThat(of("256").connections(2)).isEqualTo(84);
        assertThat(of("1024").connections(2)).isEqualTo(852);
        assertThat(of("256").connections(64)).isEqualTo(16);
        assertThat(of("unlimited").connections()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void says_which_limit_is_too_low() {
        assertThatThrownBy(() -> of("255").check())
                .isInstanceOf(AuthorityUnavailable.class)
                .hasMessage("this process may have no more than 255 open files (ulimit -n, or LimitNOFILE of"
                        + " systemd): expected 256 or more, better 1024");
        assertThatCode(() -> of("256").check()).doesNotThrowAnyException();
        assertThat(OpenFilesCheck.finding(of("1023")).text())
                .contains("attention files        at most 1023 files may be open at once, including connections");
        assertThat(OpenFilesCheck.finding(of("1024")).isBad()).isFalse();
    }
}
