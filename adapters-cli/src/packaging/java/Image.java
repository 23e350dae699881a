import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Builds from the jars an image that starts fast: a Java runtime with only the modules that Latchkey needs, the jars in the
 * order in which classes are looked up, unpacked native libraries, the launcher, and start-up caches from training runs of
 * commands and of a server.
 *
 * <p>The build runs it with {@code java}, from source. It does nothing if the inputs are the same as for the image that is
 * there.
 */
final class Image {
    // What jdeps finds, without the modules that no code path here reaches, and with the zip file system, through which
    // Micronaut finds its beans in a jar.
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.sql,"
            + "jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs";

    /** Prefixes of the third-party jars that commands need; only a server needs the others. */
    private static final List<String> COMMAND =
            List.of("picocli-", "jackson-core-", "snakeyaml-", "sqlite-jdbc-", "slf4j-");

    /** Environment variables with options for any Java; the Java of the image may not know all of these options. */
    static final Set<String> FOREIGN_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path built;
    private final Path sources;
    private final Path image;
    private final Instant time;

    private Image(Path target, Path sources, Instant time) {
        this.built = target.resolve("latchkey");
        this.sources = sources;
        this.time = time;
        this.image = target.resolve("image");
    }

    /** Arguments: the folder {@code adapters-cli/target}, the folder of the packaging sources, and the time of all files. */
    public static void main(String[] args) throws Exception {
        new Image(Path.of(args[0]), Path.of(args[1]), Instant.parse(args[2])).make();
    }

    private void make() throws Exception {
        String inputs =
                new Fingerprint(Path.of(System.getProperty("java.home")).resolve("release"), built, sources).text();
        Path made = image.resolve("made-of");
        if (Files.exists(made) && Files.readString(made).equals(inputs)) {
            return;
        }
        // A server may run from this image: it keeps the files that it has open, and a new folder replaces the old one.
        delete(image);
        Files.createDirectories(image);
        link();
        copyJars();
        copy(built.resolve("man"), image.resolve("share/man"));
        copy(sources.resolve("bin"), image.resolve("bin"));
        writeOptions();
        date();
        try (Training training = new Training(image)) {
            training.run();
        }
        for (String shell : List.of("bash", "zsh", "fish")) {
            String script = run(image.resolve("bin/latchkey").toString(), "completion", shell);
            Files.writeString(
                    Files.createDirectories(image.resolve("share/completions")).resolve(shell), script);
        }
        Files.writeString(made, inputs);
    }

    /** Sets the time of all files to that in the packages, before the start-up caches record it. */
    private void date() throws IOException {
        for (Path file : walk(image)) {
            if (Files.isRegularFile(file) && !Files.isSymbolicLink(image.resolve("runtime"))) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    /** Links a runtime with jlink, or where jlink fails makes a link to the JDK of the build. */
    private void link() throws IOException, InterruptedException {
        Path runtime = image.resolve("runtime");
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int code = ToolProvider.findFirst("jlink")
                .map(jlink -> jlink.run(
                        writer,
                        writer,
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString()))
                .orElse(-1);
        if (code != 0) {
            System.err.println("latchkey: this JDK cannot be made smaller, so the image uses it as it is\n" + said);
            delete(runtime);
            Files.createSymbolicLink(runtime, Path.of(System.getProperty("java.home")));
            return;
        }
        // The JDK's own archive of shared classes, for when a cache of the image cannot be used.
        run(runtime.resolve("bin/java").toString(), "-Xshare:dump");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(FOREIGN_OPTIONS);
        builder.environment().put("LC_ALL", "C.UTF-8"); // so that the locale of the build does not change the image
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }

    private void copyJars() throws IOException {
        Path natives = Files.createDirectories(image.resolve("lib/native"));
        for (Path jar : list(built.resolve("lib"))) {
            String name = jar.getFileName().toString();
            String folder = name.startsWith("latchkey-")
                    ? ""
                    : COMMAND.stream().anyMatch(name::startsWith)
                            ? "command"
                            : name.startsWith("postgresql-") ? "postgresql" : "server";
            Path copy = Files.createDirectories(image.resolve("lib").resolve(folder))
                    .resolve(name);
            if (name.startsWith("picocli-")) {
                ClassVersions.raise(jar, copy);
            } else if (name.startsWith("sqlite-jdbc-")) {
                NativeLibraries.unpack(jar, copy, natives);
            } else if (name.contains("-native-epoll-")) {
                NativeLibraries.unpack(jar, copy, natives);
            } else {
                Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Copies the files of JVM options, and adds to each how a native library is named on this system. */
    private void writeOptions() throws IOException {
        Path options = Files.createDirectories(image.resolve("lib/options"));
        for (Path kind : list(sources.resolve("options"))) {
            List<String> lines = new ArrayList<>(Files.readAllLines(kind));
            lines.add("-Dorg.sqlite.lib.name=" + System.mapLibraryName("sqlitejdbc"));
            Files.write(options.resolve(kind.getFileName()), lines);
        }
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : walk(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files = new ArrayList<>(walk(folder));
            files.sort(Comparator.reverseOrder());
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
