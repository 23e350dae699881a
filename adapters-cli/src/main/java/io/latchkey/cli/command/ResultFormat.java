package io.latchkey.cli.command;

import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.JsonObject;
import java.util.function.Supplier;
import picocli.CommandLine.Model.OptionSpec;

/** How a command tells what it did or found: in sentences, or as one JSON object on one line. */
public enum ResultFormat {
    TEXT,
    JSON;

    private static final String OPTION = "--format";

    /** The option that says which. */
    public static OptionSpec option() {
        return option("text, or json for one object on one line");
    }

    /** The same of a command whose JSON is described in other words. */
    public static OptionSpec option(String description) {
        return CommandSpecs.choice(ResultFormat.class, "<FORMAT>", description, OPTION);
    }

    /** The one that is asked for; to be parsed before anything is done. */
    public static ResultFormat of(Arguments arguments) {
        return arguments.choice(OPTION, TEXT);
    }

    /** A result in this way. */
    public String told(Supplier<String> text, Supplier<JsonObject> json) {
        return switch (this) {
            case TEXT -> text.get();
            case JSON -> json.get().line();
        };
    }

    /** Tells a result in this way on standard output. */
    public void print(Environment environment, Supplier<String> text, Supplier<JsonObject> json) {
        environment.out().print(told(text, json));
    }
}
