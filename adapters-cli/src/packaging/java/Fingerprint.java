import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** A text that changes when a file of the inputs changes: a checksum and a path for each. */
record Fingerprint(Path... inputs) {
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path input : inputs) {
            for (Path file : Image.walk(input)) {
                if (Files.isRegularFile(file)) {
                    CRC32C sum = new CRC32C();
                    sum.update(Files.readAllBytes(file));
                    text.append(Long.toHexString(sum.getValue()))
                            .append(' ')
                            .append(input.relativize(file))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
