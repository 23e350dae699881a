package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine's, needed where tests are said to be complete and done without elsewhere. */
public record Program(String name) {
    /** Runs it in a folder; what it says, both ways, is the answer. */
    public String run(Path folder, String... args) throws Exception {
        DebianProgram.need(name);
        Path said = Files.createTempFile("said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(name), Stream.of(args)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "dumb");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(name + " ends").isTrue();
            return Files.readString(said, UTF_8);
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
