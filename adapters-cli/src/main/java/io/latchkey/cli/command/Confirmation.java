package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.TokenName;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Confirmation of an irreversible action: {@code --yes}, or the answer of a person at a terminal. */
public final class Confirmation {
    private static final String REFUSED = "Cannot proceed without confirmation";
    private static final int MOST_NAMED = 20;

    private Confirmation() {}

    /** The option {@code --yes}. */
    public static OptionSpec option() {
        return CommandSpecs.flag("Do not ask for confirmation; required without a terminal", "-y", "--yes");
    }

    /**
     * Whether the action is confirmed. Without a terminal nobody is asked, because piped input is not meant as an
     * answer.
     *
     * @param failure start of the error message
     * @param loss lines that say what will be lost
     * @param deed the action, such as {@code delete "ci"}
     */
    public static boolean isGiven(Arguments arguments, String failure, String loss, String deed) {
        if (arguments.has("--yes")) {
            return true;
        }
        Environment environment = arguments.environment();
        if (environment.terminal().getAsBoolean()) {
            return isGivenByAnyInput(arguments, failure + REFUSED, loss, question(deed));
        }
        environment.err().print(loss + unasked(failure));
        return false;
    }

    /** Whether confirmation is possible: {@code --yes} is given or there is a terminal. Prints an error if not. */
    public static boolean isPossible(Arguments arguments, String failure) {
        Environment environment = arguments.environment();
        if (arguments.has("--yes") || environment.terminal().getAsBoolean()) {
            return true;
        }
        environment.err().print(unasked(failure));
        return false;
    }

    private static String unasked(String failure) {
        return failure + REFUSED + ": there is no terminal to ask on; confirm with --yes\n";
    }

    /**
     * Asks a question of InfluxDB's, which scripts answer through a pipe.
     *
     * @param refusal the message if it is not confirmed
     */
    public static boolean isGivenByAnyInput(Arguments arguments, String refusal, String loss, String question) {
        if (arguments.has("--yes")) {
            return true;
        }
        Environment environment = arguments.environment();
        environment.err().print(loss);
        if (environment
                .ask(question)
                .filter(answer -> answer.equalsIgnoreCase("yes") || answer.equalsIgnoreCase("y"))
                .isPresent()) {
            return true;
        }
        environment.err().print(refusal + "\n");
        return false;
    }

    /** The question in InfluxDB's words. */
    public static String question(String deed) {
        return "Are you sure you want to " + deed + "? Enter 'yes' or 'y' to confirm";
    }

    /** The message if it is not confirmed. */
    public static String refused(String failure) {
        return failure + REFUSED;
    }

    /** Names of tokens, one per line; only the first of many. */
    public static String listed(String heading, List<TokenName> names) {
        StringBuilder lines = new StringBuilder(heading).append('\n');
        names.stream()
                .limit(MOST_NAMED)
                .forEach(name ->
                        lines.append("  ").append(Quoted.quoted(name.value())).append('\n'));
        return names.size() > MOST_NAMED
                ? lines.append("  and ")
                        .append(names.size() - MOST_NAMED)
                        .append(" more\n")
                        .toString()
                : lines.toString();
    }
}
