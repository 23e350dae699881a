package io.latchkey.persistence.sqlite;

import io.latchkey.application.AuthorityUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library from the jar: copies it to a folder, loads the copy and deletes it.
 *
 * <p>sqlite-jdbc tries one folder only, which may be full or mounted {@code noexec}, and leaves a copy there whenever the
 * process is killed.
 */
final class NativeLibrary {
    /** The system property with the folder from which sqlite-jdbc loads the library. */
    static final String FOLDER = "org.sqlite.lib.path";

    private static final String FILE = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /**
     * Loads the library from the first usable folder: the temporary one, {@code ~/.cache}, the home or the working folder.
     * Does nothing if it is loaded, or if {@link #FOLDER} is set.
     *
     * @throws AuthorityUnavailable if it can be loaded from none of them
     */
    static synchronized void load() {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        Set<Path> folders = Stream.of(
                        Path.of(System.getProperty("java.io.tmpdir")),
                        Path.of(System.getProperty("user.home"), ".cache"),
                        Path.of(System.getProperty("user.home")),
                        Path.of(""))
                .map(Path::toAbsolutePath)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (folders.stream().noneMatch(NativeLibrary::loads)) {
            throw new AuthorityUnavailable("SQLite's library cannot be loaded from "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": each folder is missing, full, not writable, or mounted noexec; set another folder with"
                    + " -Djava.io.tmpdir=FOLDER");
        }
    }

    @SuppressWarnings("restricted") // the manifest and the launcher allow it
    private static boolean loads(Path folder) {
        Path copy = folder;
        try {
            copy = Files.createTempFile(folder, "latchkey-", System.mapLibraryName("sqlite"));
            try (InputStream library = NativeLibrary.class.getResourceAsStream(
                    LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName())) {
                if (library == null) {
                    throw new AuthorityUnavailable(
                            "SQLite's library does not support this operating system and processor");
                }
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            System.load(copy.toString());
            System.setProperty(FOLDER, folder.toString());
            System.setProperty(FILE, copy.getFileName().toString());
            return SQLiteJDBCLoader.initialize();
        } catch (IOException | UnsatisfiedLinkError e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException("sqlite-jdbc failed to use the loaded library", e);
        } finally {
            delete(copy, folder);
        }
    }

    private static void delete(Path copy, Path folder) {
        if (!copy.equals(folder)) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                // The library is loaded; a leftover copy does no harm.
            }
        }
    }
}
