import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Copies jars with changes. */
final class Jar {
    private Jar() {}

    /** Returns the new content of an entry; an empty one leaves the entry out. */
    @FunctionalInterface
    interface Change {
        byte[] apply(String name, byte[] content) throws IOException;
    }

    /** Copies a jar, with more attributes in its manifest and with changed entries. */
    static void rewrite(Path jar, Path copy, Map<String, String> attributes, Change change) throws IOException {
        try (JarFile from = new JarFile(jar.toFile(), false);
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy))) {
            for (JarEntry entry : Collections.list(from.entries())) {
                byte[] before = from.getInputStream(entry).readAllBytes();
                byte[] after = entry.getName().equals(JarFile.MANIFEST_NAME)
                        ? manifest(from.getManifest(), attributes)
                        : change.apply(entry.getName(), before);
                if (after.length == 0 && before.length > 0) {
                    continue;
                }
                JarEntry written = new JarEntry(entry.getName());
                written.setTimeLocal(entry.getTimeLocal());
                to.putNextEntry(written);
                to.write(after);
                to.closeEntry();
            }
        }
    }

    private static byte[] manifest(Manifest manifest, Map<String, String> attributes) throws IOException {
        attributes.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        manifest.write(text);
        return text.toByteArray();
    }
}
