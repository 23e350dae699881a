package io.latchkey.cli.authority;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.TemporaryFile;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file that a command writes: atomically, readable only by its owner, and never over a database. A pipe or device,
 * such as {@code /dev/stdout}, is written directly.
 *
 * @param existing whether an existing file is replaced
 */
public record OutputFile(Path path, Existing existing) {
    /** The option {@code --force}, which replaces an existing file. */
    public static OptionSpec force() {
        return CommandSpecs.flag("Overwrite the output file if it exists", "--force");
    }

    /**
     * The file that an option gives, if any.
     *
     * @throws AuthorityUnavailable if it must not be written; checked before the command does anything
     */
    public static Optional<OutputFile> of(Arguments arguments, Authorities authorities, String option) {
        return of(arguments, authorities, option, existing(arguments));
    }

    /** The same, where the arguments do not say whether an existing file is replaced. */
    public static Optional<OutputFile> of(
            Arguments arguments, Authorities authorities, String option, Existing existing) {
        return arguments
                .parse(option, Location::path)
                .map(path -> new OutputFile(path.toAbsolutePath().normalize(), existing)
                        .checked(arguments, authorities.files()));
    }

    /** Whether the arguments allow an existing file to be replaced. */
    public static Existing existing(Arguments arguments) {
        return arguments.has("--force") ? Existing.REPLACED : Existing.KEPT;
    }

    private OutputFile checked(Arguments arguments, DatabaseFiles files) {
        files.refuseDatabase(path);
        Location.configured(arguments).ifPresent(database -> files.refuseOutput(path, database));
        if (!isStream()) {
            TemporaryFile.refuse(path, existing);
        }
        return this;
    }

    private boolean isStream() {
        boolean descriptor = path.startsWith("/dev") || path.startsWith("/proc");
        return Files.exists(path) && (descriptor || !Files.isRegularFile(path)) && !Files.isDirectory(path);
    }

    public void write(String text) {
        write(List.of(text).iterator());
    }

    /** Writes a text that is created piece by piece. */
    void write(Iterator<String> pieces) {
        try {
            if (isStream()) {
                write(pieces, StandardOpenOption.APPEND, path);
                return;
            }
            try (TemporaryFile draft = TemporaryFile.in(TemporaryFile.parent(path))) {
                write(pieces, StandardOpenOption.WRITE, draft.path());
                TemporaryFile.refuse(path, existing);
                draft.publish(path, existing);
            }
        } catch (IOException e) {
            throw TemporaryFile.refusal(path, e);
        }
    }

    private static void write(Iterator<String> pieces, StandardOpenOption how, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, how)) {
            while (pieces.hasNext()) {
                out.write(pieces.next());
            }
        }
    }
}
