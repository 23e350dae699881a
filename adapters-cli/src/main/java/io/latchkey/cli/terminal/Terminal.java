package io.latchkey.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The terminal of a command: whether output goes to it, and hidden input. */
public interface Terminal extends BooleanSupplier {
    /** Hides what is typed until the result is closed; empty if standard input is not a terminal. */
    default Optional<HiddenTyping> hideTyping() {
        return Optional.empty();
    }

    /**
     * Starts a program that outlives the command, and waits for nothing; it has no part in this terminal.
     *
     * @param words the program and its arguments, which no shell sees
     * @throws IOException if it cannot be started
     */
    default void start(List<String> words) throws IOException {}

    /** The terminal of this process. */
    record OfProcess() implements Terminal {
        private static final File NOTHING = new File("/dev/null");

        @Override
        @SuppressWarnings("SystemConsoleNull") // it does so again since JDK 25, without a terminal
        public boolean getAsBoolean() {
            var console = System.console();
            return console != null && console.isTerminal();
        }

        @Override
        public void start(List<String> words) throws IOException {
            var _ = new ProcessBuilder(words)
                    .redirectInput(NOTHING)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /** Does not depend on standard output. */
        @Override
        public Optional<HiddenTyping> hideTyping() {
            return HiddenTyping.begin();
        }
    }
}
