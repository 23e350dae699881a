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
 * SQLite's library, for whom it is in a jar: it is copied to a folder from which it can be loaded, and the copy is gone
 * once it is.
 *
 * <p>sqlite-jdbc knows one folder only, which may be full or forbid to run what is in it, and leaves a copy behind at each
 * start whose process does not end in the usual way.
 */
final class NativeLibrary {
    /** The property that says to sqlite-jdbc where the library is. */
    static final String FOLDER = "org.sqlite.lib.path";

    private static final String FILE = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /** Loads it, if that is not done; from one of the folders that a process usually has. */
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
            throw new AuthorityUnavailable("SQLite's library can be loaded from none of "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": each is missing, full, not writable, or mounted noexec; name a folder that is not with"
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
                    throw new AuthorityUnavailable("SQLite's library is not there for this machine");
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
            throw new IllegalStateException("SQLite's library does not load twice", e);
        } finally {
            delete(copy, folder);
        }
    }

    private static void delete(Path copy, Path folder) {
        if (!copy.equals(folder)) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                // It does no harm, and what matters is loaded.
            }
        }
    }
}
