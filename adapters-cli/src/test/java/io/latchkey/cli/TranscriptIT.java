package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.serve.DefaultSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded conversations again, this time with a real file and a real server behind them. */
class TranscriptIT {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "credentials",
                "delete",
                "everywhere",
                "expiry",
                "last-used",
                "offline",
                "regenerate",
                "rotate",
                "show",
                "update",
                "usage"
            })
    void goes_as_recorded_with_a_file(String name) {
        String recorded = Transcript.read(TranscriptTest.RECORDED.resolve(name + ".txt"));
        String replayed = new Transcript(new Assembly(), dir, Map.of("HOME", dir.toString())).replay(recorded);
        assertThat(loosened(replayed)).isEqualTo(loosened(recorded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere", "rotate"})
    void goes_as_recorded_with_a_server(String name) {
        String recorded = Transcript.read(TranscriptTest.RECORDED.resolve(name + ".txt"));
        try (var server = new Assembly().serve(DefaultSettings.of(dir.resolve("latchkey.db")))) {
            String replayed = new Transcript(
                            new Assembly(),
                            dir,
                            Map.of("LATCHKEY_HOST", server.address().toString()))
                    .replay(recorded);
            assertThat(loosened(replayed)).isEqualTo(loosened(recorded));
        }
    }

    /**
     * Without what differs from one run to the next: times, hashes, who runs it, and the widths that follow from them; and
     * without what a server's answer is introduced with.
     */
    private static String loosened(String transcript) {
        return transcript
                .replaceAll("server responded with error \\[\\d+ [A-Za-z ]+]: (?:\\{\"error\": \"([^\"]*)\"\\})?", "$1")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z?", "TIME")
                .replaceAll("\\b[0-9a-f]{128}\\b|\\b(?=[0-9]*[a-f])[0-9a-f]{9}\\b|\\b[0-9]{9}\\b", "HASH")
                .replaceAll("\\bowner:\\w+", "owner:USER")
                .replaceAll("-{3,}", "--")
                .replaceAll(" {2,}", " ");
    }
}
