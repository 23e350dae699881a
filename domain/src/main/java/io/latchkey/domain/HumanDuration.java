package io.latchkey.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Spans of time as people write them: {@code 10d}, {@code 1h30m}, {@code 1.5 days} (contract 2.6). */
public final class HumanDuration {
    private static final int MAX_DIGITS = 40;

    private final String text;
    private int at;

    private HumanDuration(String text) {
        this.text = text;
    }

    /**
     * The sum of one or more groups of a number and a unit; a bare {@code 0} is no time at all.
     *
     * @throws TokenFailure.Invalid with the offset of the part that is wrong
     */
    public static Duration parse(String text) {
        return text.equals("0") ? Duration.ZERO : new HumanDuration(text).groups();
    }

    private Duration groups() {
        skipSpace();
        if (atEnd()) {
            throw refused("value was empty");
        }
        BigInteger nanos = BigInteger.ZERO;
        while (!atEnd()) {
            BigDecimal number = number();
            nanos = nanos.add(unit(number).nanos(number));
            skipSpace();
        }
        BigInteger[] parts = nanos.divideAndRemainder(Unit.SECOND.nanos);
        if (parts[0].bitLength() >= Long.SIZE) {
            throw unrepresentable();
        }
        return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
    }

    /** Digits, white space among them, and at most one point with digits on both sides. */
    private BigDecimal number() {
        if (!isDigit(text.charAt(at))) {
            throw refused("expected number at " + at);
        }
        var digits = new StringBuilder();
        boolean fraction = false;
        while (!atEnd() && !Character.isLetter(text.charAt(at))) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits.append(c);
            } else if (c == '.' && !fraction) {
                fraction = true;
                digits.append(c);
            } else if (!Character.isWhitespace(c)) {
                throw refused("invalid character at " + at);
            }
            at++;
        }
        if (digits.charAt(digits.length() - 1) == '.') {
            throw refused("invalid character at " + at);
        }
        if (digits.length() > MAX_DIGITS) {
            throw unrepresentable();
        }
        return new BigDecimal(digits.toString());
    }

    /** Letters, up to white space or the next number. */
    private Unit unit(BigDecimal number) {
        int start = at;
        while (!atEnd() && !isDigit(text.charAt(at)) && !Character.isWhitespace(text.charAt(at))) {
            if (!Character.isLetter(text.charAt(at))) {
                throw refused("invalid character at " + at);
            }
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw refused(String.format(
                    Locale.ROOT, "time unit needed, for example %1$ssec or %1$sms", number.toBigInteger()));
        }
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.names.contains(name))
                .findFirst()
                .orElseThrow(() -> refused("unknown time unit \"" + name
                        + "\", supported units: ns, us/µs, ms, sec, min, hours, days, weeks, months, years"
                        + " (and few variations)"));
    }

    private void skipSpace() {
        while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static TokenFailure unrepresentable() {
        return refused("number is too large or cannot be represented without a lack of precision"
                + " (values below 1ns are not supported)");
    }

    private static TokenFailure refused(String sentence) {
        return new TokenFailure.Invalid("expiry", sentence);
    }

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, and says so only at run time
    private enum Unit {
        NANOSECOND(Duration.ofNanos(1), "nanos", "nsec", "ns"),
        MICROSECOND(Duration.ofNanos(1000), "usec", "us", "µs"),
        MILLISECOND(Duration.ofMillis(1), "millis", "msec", "ms"),
        SECOND(Duration.ofSeconds(1), "seconds", "second", "secs", "sec", "s"),
        MINUTE(Duration.ofMinutes(1), "minutes", "minute", "min", "mins", "m"),
        HOUR(Duration.ofHours(1), "hours", "hour", "hr", "hrs", "h"),
        DAY(Duration.ofDays(1), "days", "day", "d"),
        WEEK(Duration.ofDays(7), "weeks", "week", "wk", "wks", "w"),
        MONTH(Duration.ofSeconds(2_630_016), "months", "month", "M"),
        YEAR(Duration.ofHours(8766), "years", "year", "yr", "yrs", "y");

        private final BigInteger nanos;
        private final List<String> names;

        Unit(Duration length, String... names) {
            this.nanos = BigInteger.valueOf(length.getSeconds())
                    .multiply(BigInteger.valueOf(1_000_000_000))
                    .add(BigInteger.valueOf(length.getNano()));
            this.names = List.of(names);
        }

        /** From the hour on, a fraction must come out in whole seconds, below it in whole nanoseconds. */
        BigInteger nanos(BigDecimal number) {
            BigDecimal grain = new BigDecimal(compareTo(HOUR) < 0 ? BigInteger.ONE : SECOND.nanos);
            BigDecimal product = number.multiply(new BigDecimal(nanos));
            if (product.remainder(grain).signum() != 0) {
                throw unrepresentable();
            }
            return product.toBigIntegerExact();
        }
    }
}
