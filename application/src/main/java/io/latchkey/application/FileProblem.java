package io.latchkey.application;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains why this user cannot use a file: a short phrase with the file or folder that prevents it, its owner and its
 * mode.
 */
public final class FileProblem {
    private static final int PERMISSIONS = 07777;

    private FileProblem() {}

    /** Why reading a file failed. */
    public static String reading(Path file, IOException failure) {
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8 or UTF-16";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        return keepsFromReading(file).orElseGet(() -> words(failure, "it cannot be opened"));
    }

    /** Why creating a folder, or a file in it, failed. */
    public static String making(Path folder, IOException failure) {
        for (Path there = folder.toAbsolutePath(); there != null; there = there.getParent()) {
            if (Files.exists(there) && !Files.isDirectory(there)) {
                return there + " is not a folder";
            }
            Optional<String> obstacle = keepsFromMaking(there);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            if (Files.exists(there)) {
                break; // a missing folder can be created in it
            }
        }
        return failure instanceof NoSuchFileException && Files.notExists(folder)
                ? "there is no directory " + folder
                : words(failure, "it cannot be written");
    }

    /** What prevents this user from reading a file; empty if nothing does, or if the file does not exist. */
    public static Optional<String> keepsFromReading(Path file) {
        Optional<String> entering = keepsFromReaching(file);
        if (entering.isPresent() || !Files.exists(file) || Files.isReadable(file)) {
            return entering;
        }
        return Optional.of("this user may not read " + shown(file));
    }

    /** What prevents this user from reaching a path, outermost folder first. */
    private static Optional<String> keepsFromReaching(Path path) {
        List<Path> folders = Stream.iterate(path.toAbsolutePath(), Path::getParent)
                .takeWhile(Objects::nonNull)
                .skip(1)
                .toList();
        return folders.reversed().stream()
                .filter(folder -> Files.isDirectory(folder) && !Files.isExecutable(folder))
                .findFirst()
                .map(folder -> "this user may not enter " + shown(folder));
    }

    /** What prevents this user from writing an existing file that he can read; empty if nothing does. */
    public static Optional<String> keepsFromWriting(Path file) {
        if (!Files.exists(file) || Files.isWritable(file)) {
            return Optional.empty();
        }
        return Optional.of(
                isReadOnly(TemporaryFile.parent(file))
                        ? "its file system is mounted read-only"
                        : "this user may not write " + shown(file));
    }

    /** What prevents this user from creating files in a folder; empty if nothing does, or if it does not exist. */
    public static Optional<String> keepsFromMaking(Path folder) {
        Optional<String> entering = keepsFromReaching(folder.resolve("any"));
        if (entering.isPresent() || !Files.exists(folder) || Files.isWritable(folder)) {
            return entering;
        }
        return Optional.of(
                isReadOnly(folder)
                        ? "the file system of " + folder + " is mounted read-only"
                        : "this user may not write in " + shown(folder));
    }

    /** Found by trying to write: Java does not report that a bind mount is read-only. */
    private static boolean isReadOnly(Path folder) {
        if (Files.isWritable(folder)) {
            return false;
        }
        try {
            Files.delete(Files.createTempFile(folder, "", ""));
            return false;
        } catch (IOException e) {
            return words(e, "").startsWith("Read-only");
        }
    }

    /** The path with its owner and mode, if they can be read. */
    private static String shown(Path path) {
        try {
            return String.format(
                    Locale.ROOT,
                    "%s (owner %s, mode %04o)",
                    path,
                    Files.getOwner(path).getName(),
                    (int) Files.getAttribute(path, "unix:mode") & PERMISSIONS);
        } catch (IOException | UnsupportedOperationException e) {
            return path.toString();
        }
    }

    private static String words(IOException failure, String otherwise) {
        return failure instanceof FileSystemException of && of.getReason() != null ? of.getReason() : otherwise;
    }
}
