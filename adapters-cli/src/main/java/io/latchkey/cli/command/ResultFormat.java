package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.JsonObject;
import java.util.function.Supplier;
import picocli.CommandLine.Model.OptionSpec;

/** Format of a command's result: text, or one JSON object on one line. */
public enum ResultFormat {
    TEXT,
    JSON;

    private static final String OPTION = "--format";

    /** The option {@code --format}. */
    public static OptionSpec option() {
        return option("text, or json for one object on one line");
    }

    /** The option with another description. */
    public static OptionSpec option(String description) {
        return CommandSpecs.choice(ResultFormat.class, "<FORMAT>", description, OPTION);
    }

    /** The requested format; to be called before the command does anything. */
    public static ResultFormat of(Arguments arguments) {
        return arguments.choice(OPTION, TEXT);
    }

    /** Formats a result. */
    public String format(Supplier<String> text, Supplier<JsonObject> json) {
        return switch (this) {
            case TEXT -> text.get();
            case JSON -> json.get().line();
        };
    }

    /** Prints a result to standard output. */
    public void print(Environment environment, Supplier<String> text, Supplier<JsonObject> json) {
        environment.out().print(format(text, json));
    }
}
