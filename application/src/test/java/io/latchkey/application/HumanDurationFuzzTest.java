package io.latchkey.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.domain.HumanDuration;
import io.latchkey.domain.Lifetime;
import io.latchkey.domain.TokenFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is given as a duration is one, or refused in a sentence. Here because the fuzzer is. */
final class HumanDurationFuzzTest {
    private static final List<String> TEXTS = List.of(
            "10d",
            "1h30m",
            "1 h 30 m",
            "1.5 days",
            "0",
            "0s",
            "999ms",
            "007s",
            "1M",
            "100y",
            "5 weeks",
            "1.0001s",
            "1d 2h3min4sec5ms6us7ns",
            "292471208677y",
            "9223372036854775807s",
            "9223372036854775808s",
            "1.3333d",
            "0.000000001s",
            "99999999999999999999999999999999999999999y",
            "-1d",
            "10",
            "1.5.5d",
            "\u0661d",
            "1\u00b5s");
    private static final List<String> WORDS = List.of(
            "0",
            "1",
            "9",
            "10",
            "1e9",
            ".",
            "..",
            ",",
            "-",
            "+",
            " ",
            "\t",
            "\u00b5s",
            "\u03bcs",
            "ns",
            "us",
            "ms",
            "s",
            "m",
            "h",
            "d",
            "w",
            "M",
            "y",
            "S",
            "D",
            "Y",
            "month",
            "years",
            "sec",
            "\u2003",
            "9223372036854775807");
    private static final Map<String, Long> SECONDS = Map.of(
            "s",
            1L,
            "sec",
            1L,
            "m",
            60L,
            "min",
            60L,
            "h",
            3600L,
            "hr",
            3600L,
            "days",
            86_400L,
            "w",
            604_800L,
            "M",
            2_630_016L,
            "y",
            31_557_600L);

    @Test
    void random_texts_are_durations_or_refused() {
        new Fuzzer(1, TEXTS, WORDS).fuzz(text -> {
            try {
                Duration span = HumanDuration.parse(text);
                if (span.isNegative()) {
                    throw new AssertionError("negative: " + span);
                }
                new Lifetime.Span(span);
            } catch (TokenFailure.Invalid e) {
                if (!e.field().equals("expiry") || e.sentence().isBlank()) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void a_sum_of_whole_numbers_is_exact() {
        var random = new Random(2);
        List<String> units = SECONDS.keySet().stream().sorted().toList();
        for (long i = 0; i < Fuzzer.INPUTS / 10; i++) {
            var text = new StringBuilder();
            BigInteger sum = BigInteger.ZERO;
            for (int group = random.nextInt(5); group >= 0; group--) {
                long number = random.nextLong(1, 1L << random.nextInt(1, 36));
                String unit = units.get(random.nextInt(units.size()));
                text.append(number).append(" ".repeat(random.nextInt(2))).append(unit);
                text.append(" ".repeat(random.nextInt(2)));
                sum = sum.add(BigInteger.valueOf(number).multiply(BigInteger.valueOf(SECONDS.getOrDefault(unit, 0L))));
            }
            assertThat(HumanDuration.parse(text.toString()))
                    .as(text.toString())
                    .isEqualTo(Duration.ofSeconds(sum.longValueExact()));
        }
    }
}
