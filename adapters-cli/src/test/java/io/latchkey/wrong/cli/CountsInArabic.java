package io.latchkey.wrong.cli;

/** Breaks the rule that what programs read is written alike everywhere. */
final class CountsInArabic {
    String count(int number) {
        return "%d".formatted(number);
    }
}
