package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found when one thing was looked at.
 *
 * @param subject what was looked at, in a word or two
 * @param seen what was seen
 * @param advice what to do about it; empty if it is as it should be, or if what was seen says it itself
 */
record CheckResult(String subject, String seen, State state, Optional<String> advice) {
    enum State {
        OK,
        ATTENTION
    }

    private static final String LINE = "%-9s %-12s %s%n";

    /** What is as it should be. */
    static CheckResult good(String subject, String seen) {
        return new CheckResult(subject, seen, State.OK, Optional.empty());
    }

    /** What could not be looked at; the failure says why, and what to do about it. */
    static CheckResult failed(String subject, String before, AuthorityUnavailable failure) {
        return new CheckResult(subject, before + failure.getMessage(), State.ATTENTION, Optional.empty());
    }

    /** What is not, and what to do about it. */
    static CheckResult bad(String subject, String seen, String advice) {
        return new CheckResult(subject, seen, State.ATTENTION, Optional.of(advice));
    }

    boolean isBad() {
        return state == State.ATTENTION;
    }

    /** As an object, whose advice is null if there is nothing to do. */
    JsonObject json() {
        return new JsonObject()
                .with("subject", subject)
                .with("state", isBad() ? "attention" : "ok")
                .with("seen", seen)
                .withText("advice", advice);
    }

    /** In a line, with the advice in another below it. */
    String text() {
        String said = String.format(Locale.ROOT, LINE, isBad() ? "attention" : "ok", subject, TerminalText.of(seen));
        return advice.map(todo -> said + String.format(Locale.ROOT, LINE, "", "", "-> " + TerminalText.of(todo)))
                .orElse(said);
    }
}
