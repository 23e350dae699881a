package io.latchkey.cli.terminal;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The terminal around a command: whether a person is looking at it, and what that person types. */
public interface Terminal extends BooleanSupplier {
    /** Has standard input not show what is typed there, until closed; empty if it is no terminal. */
    default Optional<HiddenTyping> hideTyping() {
        return Optional.empty();
    }

    /** That of this process. */
    record OfProcess() implements Terminal {
        @Override
        @SuppressWarnings("SystemConsoleNull") // it does so again since JDK 25, without a terminal
        public boolean getAsBoolean() {
            var console = System.console();
            return console != null && console.isTerminal();
        }

        /** Whether or not standard output is one, too. */
        @Override
        public Optional<HiddenTyping> hideTyping() {
            return HiddenTyping.begin();
        }
    }
}
