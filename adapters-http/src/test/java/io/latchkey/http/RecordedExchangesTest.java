package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of the contract that belongs to this module, byte by byte; {@code -Dlatchkey.record=true} writes anew. */
final class RecordedExchangesTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchanges");

    @TestFactory
    Stream<DynamicTest> goes_as_it_went_before() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String recorded = Files.readString(file);
        try (var exchange = new RecordedExchange(recorded)) {
            String replayed = exchange.replay(recorded);
            if (Boolean.getBoolean("latchkey.record")) {
                Files.writeString(file, replayed);
            } else {
                assertThat(replayed).isEqualTo(recorded);
            }
        }
    }
}
