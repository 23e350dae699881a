package io.latchkey.cli.terminal;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The terminal of a command: whether output goes to it, and hidden input. */
public interface Terminal extends BooleanSupplier {
    /** Hides what is typed until the result is closed; empty if standard input is not a terminal. */
    default Optional<HiddenTyping> hideTyping() {
        return Optional.empty();
    }

    /** The terminal of this process. */
    record OfProcess() implements Terminal {
        @Override
        @SuppressWarnings("SystemConsoleNull") // it does so again since JDK 25, without a terminal
        public boolean getAsBoolean() {
            var console = System.console();
            return console != null && console.isTerminal();
        }

        /** Does not depend on standard output. */
        @Override
        public Optional<HiddenTyping> hideTyping() {
            return HiddenTyping.begin();
        }
    }
}
