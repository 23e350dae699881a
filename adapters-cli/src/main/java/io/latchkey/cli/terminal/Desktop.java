package io.latchkey.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The desktop of the user, where a page can be opened in the browser.
 *
 * <p>Every user of a machine can read the arguments of programs, and a browser keeps them as long as it runs. So the program
 * that opens the page is given the name of a file that only this user can read, and the file leads the browser on. A
 * browser that may not read that file, as some packaged ones, shows an error; the user still has the printed link.
 */
public final class Desktop {
    private static final String FILE = "latchkey-console.html";
    /** Removes the file when its link is over, and the folder that was made for it; the command ends before the browser reads it. */
    private static final String REMOVE = """
            sleep 60; rm -f -- "$0"; case "$0" in */latchkey-console-*/*) rmdir -- "${0%/*}";; esac""";

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Environment environment;
    private final String system;

    /** @param system the name of the operating system */
    Desktop(Environment environment, String system) {
        this.environment = environment;
        this.system = system;
    }

    /** The desktop of a process. */
    public static Desktop of(Environment environment) {
        return new Desktop(environment, System.getProperty("os.name", ""));
    }

    /** Opens a page if a person sits at a desktop; does nothing otherwise, or if it cannot be opened. */
    public void open(URI page) {
        if (!"http".equals(page.getScheme()) && !"https".equals(page.getScheme())) {
            return;
        }
        opener().filter(_ -> environment.terminal().getAsBoolean()).ifPresent(program -> {
            try {
                open(program, leadingTo(page));
            } catch (IOException | UnsupportedOperationException e) {
                return; // the link is printed
            }
        });
    }

    private void open(String program, Path file) throws IOException {
        try {
            environment.terminal().start(List.of(program, file.toString()));
            environment.terminal().start(List.of("sh", "-c", REMOVE, file.toString()));
        } catch (IOException | UnsupportedOperationException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Optional<String> opener() {
        if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return Optional.of("open");
        }
        return environment
                .variable("WAYLAND_DISPLAY")
                .or(() -> environment.variable("DISPLAY"))
                .map(_ -> "xdg-open");
    }

    /** A file in the folder of the login session, which replaces the one before; without a session, in a folder of its own. */
    private Path leadingTo(URI page) throws IOException {
        Optional<Path> session =
                environment.variable("XDG_RUNTIME_DIR").map(Path::of).filter(Path::isAbsolute);
        Path file;
        if (session.isPresent()) {
            file = session.get().resolve(FILE);
            Files.deleteIfExists(file);
        } else {
            file = Files.createTempDirectory("latchkey-console-").resolve(FILE); // mode 0700
        }
        try (WritableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            Channels.newOutputStream(channel).write(html(page).getBytes(UTF_8));
        }
        return file;
    }

    /** A URI contains no quotes and no angle brackets. */
    private static String html(URI page) {
        String url = page.toASCIIString().replace("&", "&amp;");
        return "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Latchkey</title>"
                + "<meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0; url=" + url
                + "\"><a href=\"" + url + "\">Go to the console</a></html>\n";
    }
}
