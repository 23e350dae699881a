import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** All jars in one, for those who have a Java 25: {@code java -jar} starts it. */
final class ExecutableJar {
    private final Map<String, byte[]> entries = new TreeMap<>();

    /** Takes in a jar; what several have of the same name is joined where a list of names, and else the first's. */
    private void add(Path jar) throws IOException {
        try (JarFile from = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : Collections.list(from.entries())) {
                String name = entry.getName();
                if (entry.isDirectory()
                        || name.equals(JarFile.MANIFEST_NAME)
                        || name.endsWith("module-info.class")
                        || name.equals("META-INF/INDEX.LIST")) {
                    continue;
                }
                byte[] content = from.getInputStream(entry).readAllBytes();
                String own = name.startsWith("META-INF/LICENSE") || name.startsWith("META-INF/NOTICE")
                        ? "META-INF/licenses/" + jar.getFileName() + name.substring("META-INF".length())
                        : name;
                entries.merge(
                        own, content, (one, other) -> name.startsWith("META-INF/services/") ? join(one, other) : one);
            }
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        return (new String(one, UTF_8).strip() + "\n" + new String(other, UTF_8).strip() + "\n").getBytes(UTF_8);
    }

    /** Writes one of some jars; of which the first come first. */
    static void write(List<Path> jars, Path to, String version, Instant time) throws IOException {
        ExecutableJar all = new ExecutableJar();
        for (Path jar : jars) {
            all.add(jar);
        }
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "io.latchkey.cli.Main");
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        main.put(Attributes.Name.MULTI_RELEASE, "true");
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        manifest.write(text);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
            Set<String> folders = new HashSet<>();
            putFolders(out, JarFile.MANIFEST_NAME, folders, time);
            put(out, JarFile.MANIFEST_NAME, text.toByteArray(), time);
            for (Map.Entry<String, byte[]> entry : all.entries.entrySet()) {
                putFolders(out, entry.getKey(), folders, time);
                put(out, entry.getKey(), entry.getValue(), time);
            }
        }
    }

    /** Entries for the folders of a file, too: the container looks for its beans by the folder in which they are named. */
    private static void putFolders(JarOutputStream out, String file, Set<String> written, Instant time)
            throws IOException {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            String folder = file.substring(0, slash + 1);
            if (written.add(folder)) {
                put(out, folder, new byte[0], time);
            }
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content, Instant time) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
