package io.latchkey.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "10d, PT240H",
        "1h30m, PT1H30M",
        "'1h 30m', PT1H30M",
        "30m1h, PT1H30M",
        "1d1d, PT48H",
        "' 1 0 0 s ', PT1M40S",
        "0, PT0S",
        "0s, PT0S",
        "007s, PT7S",
        "1M, PT2630016S",
        "1m, PT1M",
        "1y, PT8766H",
        "2 weeks, PT336H",
        "1.5d, PT36H",
        "0.5h, PT30M",
        "1.0001s, PT1.0001S",
        "4.2min, PT4M12S",
        "1.5us, PT0.0000015S",
        "999ms, PT0.999S",
        "1d 2h3min4sec5ms6us7ns, PT26H3M4.005006007S"
    })
    void a_duration_is_the_sum_of_its_groups(String text, Duration expected) {
        assertThat(HumanDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nanos nsec ns, PT0.000000001S",
        "usec us µs, PT0.000001S",
        "millis msec ms, PT0.001S",
        "seconds second secs sec s, PT1S",
        "minutes minute min mins m, PT1M",
        "hours hour hr hrs h, PT1H",
        "days day d, PT24H",
        "weeks week wk wks w, PT168H",
        "months month M, PT2630016S",
        "years year yr yrs y, PT31557600S"
    })
    void every_unit_has_its_spellings(String spellings, Duration expected) {
        for (String unit : spellings.split(" ", -1)) {
            assertThat(HumanDuration.parse("1" + unit)).as(unit).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | time unit needed, for example 10sec or 10ms",
                "00 | time unit needed, for example 0sec or 0ms",
                "1d 5 | time unit needed, for example 5sec or 5ms",
                "'' | value was empty",
                "'  ' | value was empty",
                "-1d | expected number at 0",
                "+1d | expected number at 0",
                "m | expected number at 0",
                ".5d | expected number at 0",
                "1d -2h | expected number at 3",
                "1 d ays | expected number at 4",
                "1d, | invalid character at 2",
                "1,5d | invalid character at 1",
                "1_000s | invalid character at 1",
                "1.d | invalid character at 2",
                "1.5.5d | invalid character at 3"
            })
    void an_error_names_the_wrong_part(String text, String sentence) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .isInstanceOf(TokenFailure.Invalid.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"1D, D", "1H, H", "5x, x", "1e3s, e", "1Min, Min"})
    void an_unknown_unit_is_named(String text, String unit) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .hasMessage("unknown time unit \"" + unit + "\", supported units: ns, us/µs, ms, sec, min, hours, days,"
                        + " weeks, months, years (and few variations)");
    }

    @ParameterizedTest
    @CsvSource({
        "1.3333d",
        "0.3333d",
        "0.5ns",
        "0.0005us",
        "0.0001h",
        "99999999999999999999y",
        "1.0000000000001s",
        "00000000000000000000000000000000000000001s"
    })
    void a_duration_out_of_range_is_refused(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .hasMessage("number is too large or cannot be represented without a lack of precision"
                        + " (values below 1ns are not supported)");
    }

    @Test
    void the_longest_is_what_java_can_hold() {
        assertThat(HumanDuration.parse("9223372036854775807s")).isEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
        assertThatThrownBy(() -> HumanDuration.parse("9223372036854775808s")).isInstanceOf(TokenFailure.Invalid.class);
        assertThat(HumanDuration.parse("0".repeat(39) + "1s")).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> HumanDuration.parse("0".repeat(40) + "1s")).isInstanceOf(TokenFailure.Invalid.class);
    }
}
