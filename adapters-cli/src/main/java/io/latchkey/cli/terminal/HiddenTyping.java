package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Hides what is typed on the terminal, until this is closed or the process ends, for example by Ctrl-C.
 *
 * <p>Uses {@code stty}, because Java's console is not available while standard output is a file or a pipe.
 */
public final class HiddenTyping implements AutoCloseable {
    private static final Path STTY = Path.of("/bin/stty");

    private final String before;
    private final Thread restoring = new Thread(this::restore);

    /** Keeps the previous settings in the format of stty. */
    private HiddenTyping(String before) {
        this.before = before;
    }

    /** Starts hiding; empty if standard input is not a terminal, or stty fails. */
    static Optional<HiddenTyping> begin() {
        Optional<HiddenTyping> hidden = stty("-g").map(HiddenTyping::new);
        hidden.ifPresent(typing -> Runtime.getRuntime().addShutdownHook(typing.restoring));
        return hidden.filter(_ -> stty("-echo").isPresent());
    }

    private void restore() {
        var _ = stty(before);
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restoring);
        } catch (IllegalStateException e) { // the process is ending, and its hook restores the settings
            return;
        }
    }

    /** The output of stty for standard input; empty if it fails. */
    private static Optional<String> stty(String setting) {
        try {
            Process process = new ProcessBuilder(Files.isExecutable(STTY) ? STTY.toString() : "stty", setting)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
