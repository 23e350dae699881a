package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.domain.Actor;
import io.latchkey.domain.LocalUser;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a command: variables, streams and terminal.
 *
 * @param terminal asked only when needed, because that takes time
 */
public record Environment(
        Map<String, String> variables, InputStream in, PrintWriter out, PrintWriter err, Terminal terminal) {
    /** The value of a variable and its name. */
    public record Named(String name, String text) {}

    private static final int MIN_COLUMNS = 40;
    private static final int DEFAULT_COLUMNS = 80;

    /** The environment of this process; its streams are in UTF-8, whatever the locale. */
    public static Environment ofProcess(OutputStream out) {
        return new Environment(
                System.getenv(),
                System.in,
                new PrintWriter(new OutputStreamWriter(out, UTF_8)),
                new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), UTF_8), true),
                new Terminal.OfProcess());
    }

    /** A variable; an empty one counts as unset. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** A variable, by the first of its names that is set. */
    public Optional<Named> variable(Variable variable) {
        return variable.names().stream()
                .flatMap(name -> variable(name).map(text -> new Named(name, text)).stream())
                .findFirst();
    }

    /** The next line of standard input, if there is one. */
    public Optional<String> readLine() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int read = in.read();
            for (int b = read; b >= 0 && b != '\n'; b = in.read()) {
                line.write(b);
            }
            return read < 0
                    ? Optional.empty()
                    : Optional.of(line.toString(UTF_8).replaceFirst("\r$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a secret from standard input; on a terminal, prints a question and hides the input. */
    public Optional<String> readSecret(String question) {
        Optional<HiddenTyping> hidden = terminal.hideTyping();
        if (hidden.isEmpty()) {
            return readLine();
        }
        try (HiddenTyping _ = hidden.get()) {
            err.print(question);
            err.flush();
            Optional<String> line = readLine();
            err.print("\n"); // the line feed of the user was hidden, too
            return line;
        }
    }

    /** Whether output is coloured, by the conventions of no-color.org and bixense.com/clicolors. */
    public boolean isColourful() {
        if (variable(Variable.NO_COLOR).isPresent()) {
            return false;
        }
        if (variable(Variable.CLICOLOR_FORCE)
                .filter(force -> !force.text().equals("0"))
                .isPresent()) {
            return true;
        }
        return variable(Variable.CLICOLOR)
                        .filter(colour -> colour.text().equals("0"))
                        .isEmpty()
                && !variable("TERM").equals(Optional.of("dumb"))
                && terminal.getAsBoolean();
    }

    /** The width of the terminal in columns, from COLUMNS, which the launcher sets; 80 if unknown. */
    public int columns() {
        return variable(Variable.COLUMNS)
                .map(Named::text)
                .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(text -> Math.max(Integer.parseInt(text), MIN_COLUMNS))
                .orElse(DEFAULT_COLUMNS);
    }

    /** Asks a question on standard error, because standard output contains only the result. */
    public Optional<String> ask(String question) {
        out.flush();
        err.print(question + "\n");
        err.flush();
        return readLine().map(String::strip);
    }

    /** The user who runs this process, as an actor. */
    public static Actor.FileOwner owner() {
        return new Actor.FileOwner(LocalUser.called(System.getProperty("user.name", "")));
    }
}
