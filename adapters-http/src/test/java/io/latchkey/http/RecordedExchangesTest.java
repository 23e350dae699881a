package io.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.latchkey.application.ManualClock;
import io.latchkey.application.RecordedExchange;
import io.latchkey.application.Recording;
import io.latchkey.application.TokenAuthority;
import io.latchkey.http.wire.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Replays the recorded exchanges, byte by byte; {@code -Dlatchkey.record=true} records them again. */
final class RecordedExchangesTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchanges");

    @TempDir
    Path sockets;

    @TestFactory
    Stream<DynamicTest> equals_the_recorded_exchange() throws IOException {
        return exchanges(recorded -> new Partner(new RunningServer(recorded)));
    }

    @TestFactory
    Stream<DynamicTest> equals_the_recorded_exchange_with_verdicts_at_a_listener_of_their_own() throws IOException {
        return Recording.isWanted()
                ? Stream.empty()
                : exchanges(recorded -> {
                    Path socket = sockets.resolve("s");
                    recorded.put("latchkey.verify.at", socket.toString());
                    return new Partner(new RunningServer(recorded), Optional.of(new UnixConnection(socket)));
                });
    }

    private static Stream<DynamicTest> exchanges(Function<Map<String, Object>, Partner> partner) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(FOLDER)) {
            files = paths.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> check(file, partner)));
    }

    private static void check(Path file, Function<Map<String, Object>, Partner> partner) {
        var replay = RecordedExchange.replay(file, recorded -> {
            Map<String, Object> settings = new HashMap<>(recorded);
            settings.put("latchkey.server.public-url", "https://tokens.example");
            return partner.apply(settings);
        });
        assertThat(replay.replayed()).isEqualTo(replay.recorded());
    }

    /** @param verdicts where requests for verdicts are sent; empty for the listener of everything else */
    private record Partner(RunningServer server, Optional<UnixConnection> verdicts) implements RecordedExchange.Server {
        Partner(RunningServer server) {
            this(server, Optional.empty());
        }

        @Override
        public String exchange(byte[] request) {
            String target = new String(request, UTF_8).split(" ", 3)[1];
            return verdicts.filter(_ -> Paths.isVerify(target))
                    .map(listener -> listener.exchange(request))
                    .orElseGet(() -> RawConnection.exchange(server.port(), request));
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
