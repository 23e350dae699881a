package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ManualClock;
import io.latchkey.application.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every conversation on file goes as recorded; {@code -Dlatchkey.record=true} records them anew, to be read line by
 * line before they are kept.
 */
class TranscriptTest {
    static final Path RECORDED = Path.of("src/test/resources/transcripts");

    @TempDir
    Path dir;

    static Stream<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return List.copyOf(files.sorted().toList()).stream();
        }
    }

    /** Those that begin so go the same way with a file and with a server. */
    static Stream<Path> everywhere() throws IOException {
        return all().filter(file -> Transcript.read(file).startsWith("# here and elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void goes_as_recorded(Path file) throws IOException {
        String recorded = Transcript.read(file);
        String replayed = replay(recorded, Map.of("HOME", dir.toString()));
        if (Recording.isWanted()) {
            Files.writeString(file, replayed);
        } else {
            assertThat(replayed).isEqualTo(recorded);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void goes_the_same_way_over_the_wire(Path file) {
        String recorded = Transcript.read(file);
        assertThat(replay(recorded, Map.of("LATCHKEY_HOST", "http://authority.test")))
                .isEqualTo(recorded);
    }

    private String replay(String recorded, Map<String, String> variables) {
        try (var authorities = new FakeAuthorities(new ManualClock())) {
            return new Transcript(authorities, dir, variables).replay(recorded);
        }
    }
}
