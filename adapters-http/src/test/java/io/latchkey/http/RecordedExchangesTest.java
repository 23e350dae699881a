package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.latchkey.application.ManualClock;
import io.latchkey.application.RecordedExchange;
import io.latchkey.application.TokenAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays the recorded exchanges, byte by byte; {@code -Dlatchkey.record=true} records them again. */
final class RecordedExchangesTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchanges");

    @TestFactory
    Stream<DynamicTest> equals_the_recorded_exchange() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(FOLDER)) {
            files = paths.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) {
        var replay = RecordedExchange.replay(file, recorded -> {
            Map<String, Object> settings = new HashMap<>(recorded);
            settings.put("latchkey.server.public-url", "https://tokens.example");
            return new Partner(new RunningServer(settings));
        });
        assertThat(replay.replayed()).isEqualTo(replay.recorded());
    }

    private record Partner(RunningServer server) implements RecordedExchange.Server {
        @Override
        public String exchange(byte[] request) {
            return RawConnection.exchange(server.port(), request);
        }

        @Override
        public TokenAuthority authority() {
            return server.authority;
        }

        @Override
        public ManualClock clock() {
            return server.clock;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
