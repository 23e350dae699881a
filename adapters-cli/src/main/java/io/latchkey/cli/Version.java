package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code version}: which Latchkey this is. */
record Version() implements Command {
    @Override
    public CommandSpec spec() {
        return Syntax.command(this, "version", "Show the version.");
    }

    @Override
    public String failure() {
        return "Version command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        arguments.environment().out().print("latchkey " + number() + "\n");
        return Main.DONE;
    }

    /** The number alone. */
    static String number() {
        // Written by the build: a manifest would be missing when run from folders of classes.
        try (InputStream version = Objects.requireNonNull(Version.class.getResourceAsStream("version"))) {
            return new String(version.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
