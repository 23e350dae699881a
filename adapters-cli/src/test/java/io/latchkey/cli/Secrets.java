package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What must be found in no file. */
final class Secrets {
    private Secrets() {}

    static void assertNowhereIn(Path folder, Collection<String> secrets) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String content = new String(Files.readAllBytes(file), ISO_8859_1);
            // By their ends, and not by assertThat(content), so that a failure shows neither.
            assertThat(secrets.stream()
                            .filter(secret -> content.contains(secret.substring(6, 30))
                                    || content.contains(secret.substring(60))))
                    .as(file.toString())
                    .hasSize(0);
        }
    }
}
