package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A terminal as standard input that does not show what is typed, until this is closed or the process ends, by Ctrl-C for
 * example.
 *
 * <p>By {@code stty}: Java's own console cannot be had while standard output is a file or a pipe.
 */
public final class HiddenTyping implements AutoCloseable {
    private static final Path STTY = Path.of("/bin/stty");

    private final String before;
    private final Thread restoring = new Thread(this::restore);

    /** With the settings before, as stty writes them for itself. */
    private HiddenTyping(String before) {
        this.before = before;
    }

    /** From now on; empty if standard input is no terminal, or there is no way to tell it. */
    static Optional<HiddenTyping> begin() {
        Optional<HiddenTyping> hidden = stty("-g").map(HiddenTyping::new);
        hidden.ifPresent(one -> Runtime.getRuntime().addShutdownHook(one.restoring));
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
        } catch (IllegalStateException e) { // the process is ending, and restores it once more
            return;
        }
    }

    /** What stty says about standard input; empty if it fails. */
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
