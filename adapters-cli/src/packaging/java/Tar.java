import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A compressed tar archive (POSIX ustar); the same entries give the same bytes. */
final class Tar {
    private static final int BLOCK = 512;

    private final Instant time;
    private final Map<String, Entry> entries = new TreeMap<>();

    /** An empty archive, in which all entries will have the given time. */
    Tar(Instant time) {
        this.time = time;
    }

    private record Entry(char kind, int mode, byte[] content, String link) {}

    Tar folder(String name, int mode) {
        int parent = name.lastIndexOf('/', name.length() - 2);
        if (parent > 0) {
            entries.computeIfAbsent(name.substring(0, parent + 1), _ -> new Entry('5', 0755, new byte[0], ""));
            folder(
                    name.substring(0, parent + 1),
                    entries.get(name.substring(0, parent + 1)).mode());
        }
        entries.put(name, new Entry('5', mode, new byte[0], ""));
        return this;
    }

    Tar file(String name, int mode, byte[] content) {
        folderOf(name);
        entries.put(name, new Entry('0', mode, content, ""));
        return this;
    }

    Tar link(String name, String target) {
        folderOf(name);
        entries.put(name, new Entry('2', 0777, new byte[0], target));
        return this;
    }

    /** Adds all files of a folder, under another name. */
    Tar tree(Path folder, String name) throws IOException {
        for (Path file : Image.walk(folder)) {
            String path = name + folder.relativize(file);
            if (Files.isRegularFile(file)) {
                file(path, Files.isExecutable(file) ? 0755 : 0644, Files.readAllBytes(file));
            }
        }
        return this;
    }

    private void folderOf(String name) {
        int slash = name.lastIndexOf('/');
        if (slash > 0 && !entries.containsKey(name.substring(0, slash + 1))) {
            folder(name.substring(0, slash + 1), 0755);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        try (GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                byte[] content = entry.getValue().content();
                zip.write(header(entry.getKey(), entry.getValue()));
                zip.write(content);
                zip.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
            }
            zip.write(new byte[2 * BLOCK]);
        }
    }

    private byte[] header(String name, Entry entry) {
        byte[] header = new byte[BLOCK];
        int split = name.length() <= 100 ? -1 : name.indexOf('/', name.length() - 101);
        put(header, 0, 100, name.substring(split + 1));
        put(header, 345, 155, split < 0 ? "" : name.substring(0, split));
        put(header, 100, 8, "%07o".formatted(entry.mode()));
        put(header, 108, 8, "%07o".formatted(0));
        put(header, 116, 8, "%07o".formatted(0));
        put(header, 124, 12, "%011o".formatted(entry.content().length));
        put(header, 136, 12, "%011o".formatted(time.getEpochSecond()));
        put(header, 148, 8, "        ");
        header[156] = (byte) entry.kind();
        put(header, 157, 100, entry.link());
        put(header, 257, 8, "ustar\00000");
        put(header, 265, 32, "root");
        put(header, 297, 32, "root");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, int longest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length > longest) {
            throw new IllegalArgumentException("too long for a tar: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
