package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.TokenName;
import java.util.Optional;

/** Prints secrets that are shown only once, and reports when they could not be written and are lost. */
public record ShownOnce(Arguments arguments) {
    private static final String PLAIN = "[A-Za-z0-9._-]+";

    /**
     * Prints the secret of an existing token.
     *
     * @return the exit code
     */
    public int print(String text, TokenName name) {
        String replacement = name.equals(TokenName.OPERATOR)
                ? "create token --admin --regenerate"
                : "rotate token --token-name " + word(name.value());
        return print(
                text,
                "The secret of token " + Quoted.quoted(name.value())
                        + " could not be printed and is lost. Create another: latchkey " + replacement
                        + where() + "\n");
    }

    /**
     * Prints a text that cannot be printed again.
     *
     * @param otherwise message for standard error if it cannot be written, with a line feed
     * @return the exit code
     */
    public int print(String text, String otherwise) {
        Environment environment = arguments.environment();
        environment.out().print(text);
        if (environment.out().checkError()) {
            environment.err().print(otherwise);
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }

    /** The options with which a second command uses the same authority. */
    private String where() {
        for (String option : new String[] {"--host", "--db", "--data-dir"}) {
            Optional<String> value = arguments.value(option);
            if (value.isPresent()) {
                return " " + option + " " + word(value.get());
            }
        }
        return "";
    }

    private static String word(String text) {
        return text.matches(PLAIN) ? text : Quoted.quoted(text);
    }
}
