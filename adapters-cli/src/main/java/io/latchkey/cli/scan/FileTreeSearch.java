package io.latchkey.cli.scan;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.latchkey.application.FileProblem;
import io.latchkey.application.table.TerminalText;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Searches files and folders recursively, ordered by name. Unreadable files are reported and counted, and do not stop
 * the search. A symbolic link is followed only at the start, so that the search does not leave the tree or loop.
 */
final class FileTreeSearch {
    private final SecretSearch search;
    private final PrintWriter errors;
    private long files;
    private long binaries;
    private long unreadable;

    FileTreeSearch(SecretSearch search, PrintWriter errors) {
        this.search = search;
        this.errors = errors;
    }

    /** Searches a file or folder. */
    void walk(Path path) {
        try {
            visit(path.toRealPath(), path);
        } catch (IOException e) {
            reportUnreadable(path, e);
        }
    }

    /** Searches a stream. */
    void stream(InputStream in, String name) {
        try {
            search.stream(in, name);
            files++;
        } catch (IOException e) {
            reportUnreadable(Path.of(name), e);
        }
    }

    private void visit(Path path, Path name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                for (Path member : members(path)) {
                    visit(member, name.resolve(member.getFileName()));
                }
            } else if (attributes.isRegularFile()) {
                switch (search.file(path, name.toString())) {
                    case SEARCHED -> files++;
                    case BINARY -> binaries++;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            reportUnreadable(name, e);
        }
    }

    private static List<Path> members(Path folder) throws IOException {
        List<Path> members = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(members::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(members);
        return members;
    }

    private void reportUnreadable(Path path, Exception failure) {
        unreadable++;
        String why = switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException denied -> FileProblem.reading(path, denied);
            default -> String.valueOf(failure.getMessage());
        };
        errors.print(TokenSecret.masked("cannot read " + TerminalText.of(path + ": " + why) + "\n"));
    }

    /** How many files and folders could not be read. */
    long unreadable() {
        return unreadable;
    }

    String summary() {
        return counted(files, "file")
                + (binaries == 0 ? "" : ", without " + counted(binaries, "binary file"))
                + (unreadable == 0 ? "" : ", without " + unreadable + " that cannot be read");
    }

    private static String counted(long count, String what) {
        return count == 1 ? "1 " + what : count + " " + what + "s";
    }
}
