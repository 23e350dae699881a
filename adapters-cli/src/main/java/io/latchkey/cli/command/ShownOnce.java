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
        if (!name.equals(TokenName.OPERATOR)) {
            return print(
                    text, name, "Create another: latchkey rotate token --token-name " + word(name.value()) + where());
        }
        String regenerate = "latchkey create token --admin --regenerate";
        String remedy = isRemote()
                // Every request needs the secret that is lost.
                ? "Only the owner of the server's database file can create another, where the file is: " + regenerate
                        + " --db FILE"
                : "Create another: " + regenerate + where();
        return print(text, name, remedy);
    }

    /** Options win over environment variables. */
    private boolean isRemote() {
        return arguments.given("--host").isPresent() && !arguments.has("--db") && !arguments.has("--data-dir");
    }

    /**
     * Prints the new secret of a token whose old one is still accepted.
     *
     * @return the exit code
     */
    public int printWithGrace(String text, TokenName name) {
        return print(
                text,
                name,
                "The old one is still accepted. Undo the rotation, then rotate again: latchkey rotate token --token-name "
                        + word(name.value()) + " --undo" + where());
    }

    private int print(String text, TokenName name, String remedy) {
        return print(
                text,
                "The secret of token " + Quoted.quoted(name.value()) + " could not be printed and is lost. " + remedy
                        + "\n");
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
