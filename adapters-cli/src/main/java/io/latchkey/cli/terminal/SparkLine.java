package io.latchkey.cli.terminal;

import io.latchkey.application.usage.PeriodUse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Uses over time in one line: a bar for each period, on a terminal that can show it. */
public final class SparkLine {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    /** A period without uses. */
    private static final char NONE = '·';

    private SparkLine() {}

    /** A bar for the accepted uses of each period, the highest for the most uses. */
    public static String of(List<PeriodUse> periods) {
        long most = periods.stream()
                .mapToLong(period -> period.counts().accepted())
                .max()
                .orElse(0);
        return periods.stream()
                .map(period -> String.valueOf(bar(period.counts().accepted(), most)))
                .collect(Collectors.joining());
    }

    private static char bar(long count, long most) {
        // The smallest bar from one use on; no overflow for any count.
        return count == 0 ? NONE : BARS.charAt((int) Math.ceil((double) count / most * BARS.length()) - 1);
    }

    /** Whether the locale of an environment is in UTF-8, by POSIX: the first of these variables that is set decides. */
    public static boolean isShownIn(Environment environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .flatMap(name -> environment.variable(name).stream())
                .findFirst()
                .map(locale -> locale.toUpperCase(Locale.ROOT).replace("-", ""))
                .filter(locale -> locale.contains("UTF8"))
                .isPresent();
    }
}
