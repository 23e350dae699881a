package io.latchkey.cli.help;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.StoreEngine;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code version}: prints the versions of Latchkey and what it runs on. */
public record Version(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        return CommandSpecs.command(
                        this,
                        "version",
                        "Show the versions of Latchkey, Java, SQLite and the database schema, and the commit"
                                + " of the build.")
                .addOption(ResultFormat.option());
    }

    @Override
    public String failure() {
        return "Version command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        StoreEngine engine = authorities.stores().engine();
        format.print(
                arguments.environment(),
                () -> String.format(
                        Locale.ROOT,
                        "latchkey %s%ncommit   %s%nJava     %s%n%-8s %s%nschema   %d%n",
                        number(),
                        commit(),
                        Runtime.version(),
                        engine.name(),
                        engine.version(),
                        engine.schema()),
                () -> new JsonObject()
                        .with("version", number())
                        .with("commit", commit())
                        .with("java", Runtime.version().toString())
                        .with("engine", engine.name())
                        .with("engine_version", engine.version())
                        .with("schema", engine.schema()));
        return ExitCode.OK;
    }

    /** The version number. */
    public static String number() {
        return build().getFirst();
    }

    private static String commit() {
        return build().get(1);
    }

    private static List<String> build() {
        // Written by the build, not in a manifest, which is missing when classes are run from folders.
        try (InputStream version = Objects.requireNonNull(Version.class.getResourceAsStream("version"))) {
            return new String(version.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
