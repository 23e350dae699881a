package io.latchkey.cli.doctor;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of one check.
 *
 * @param subject what was checked, in a word or two
 * @param seen the finding
 * @param advice what to do; empty if nothing is wrong, or if the finding says it
 */
record CheckResult(String subject, String seen, State state, Optional<String> advice) {
    enum State {
        OK,
        ATTENTION
    }

    private static final String LINE = "%-9s %-12s %s%n";

    /** A check that passed. */
    static CheckResult good(String subject, String seen) {
        return new CheckResult(subject, seen, State.OK, Optional.empty());
    }

    /** A check that could not be done; the failure says why, and what to do. */
    static CheckResult failed(String subject, String before, AuthorityUnavailable failure) {
        return new CheckResult(subject, before + failure.getMessage(), State.ATTENTION, Optional.empty());
    }

    /** A check that failed, with advice. */
    static CheckResult bad(String subject, String seen, String advice) {
        return new CheckResult(subject, seen, State.ATTENTION, Optional.of(advice));
    }

    boolean isBad() {
        return state == State.ATTENTION;
    }

    /** As a JSON object; its advice is null if there is none. */
    JsonObject json() {
        return new JsonObject()
                .with("subject", subject)
                .with("state", isBad() ? "attention" : "ok")
                .with("seen", seen)
                .withText("advice", advice);
    }

    /** As one line, with the advice on a second line. */
    String text() {
        String said = String.format(Locale.ROOT, LINE, isBad() ? "attention" : "ok", subject, TerminalText.of(seen));
        return advice.map(todo -> said + String.format(Locale.ROOT, LINE, "", "", "-> " + TerminalText.of(todo)))
                .orElse(said);
    }
}
