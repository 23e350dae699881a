import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A Debian package (deb(5)): an ar archive of two compressed tars. */
record Deb(Tar control, Tar data, Instant time) {
    void writeTo(Path file) throws IOException {
        Map<String, byte[]> members = new TreeMap<>(); // control before data
        members.put("control.tar.gz", bytes(control));
        members.put("data.tar.gz", bytes(data));
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("!<arch>\n".getBytes(US_ASCII));
            member(out, "debian-binary", "2.0\n".getBytes(US_ASCII));
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                member(out, member.getKey(), member.getValue());
            }
        }
    }

    private static byte[] bytes(Tar tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tar.writeTo(out);
        return out.toByteArray();
    }

    private void member(OutputStream out, String name, byte[] content) throws IOException {
        out.write("%-16s%-12d%-6d%-6d%-8s%-10d`\n"
                .formatted(name, time.getEpochSecond(), 0, 0, "100644", content.length)
                .getBytes(US_ASCII));
        out.write(content);
        if (content.length % 2 == 1) {
            out.write('\n');
        }
    }
}
