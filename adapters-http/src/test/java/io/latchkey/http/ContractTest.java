package io.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code contract.txt} lists the tests of every row of the contract, and all of them exist. */
final class ContractTest {
    private static final Pattern LINE = Pattern.compile("(A +\\d+|B [\\d.]+) [^:]+: (.+)");
    private static final List<String> SECTIONS = List.of(
            "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.12", "1.13", "2", "2.1", "2.2",
            "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "3.1", "3.2");

    private static List<Matcher> lines() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/contract.txt")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(LINE::matcher)
                .peek(line -> assertThat(line.matches()).as(line.toString()).isTrue())
                .toList();
    }

    @Test
    void every_row_of_the_contract_has_a_test() throws IOException {
        assertThat(lines().stream().map(line -> line.group(1).replaceAll(" +", " ")))
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.rangeClosed(1, 34).mapToObj(row -> "A " + row),
                                SECTIONS.stream().map(section -> "B " + section))
                        .toList());
    }

    @Test
    void every_named_test_exists() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            tests = files.map(Path::toString)
                    .filter(file -> file.matches("\\.\\./[^/]+/src/test/(java/.*(Test|IT|Contract)\\.java|"
                            + "resources/exchanges/.*\\.http|resources/transcripts/.*\\.txt)"))
                    .map(file -> file.replaceAll(".*/|\\.[a-z]+$", ""))
                    .collect(Collectors.toSet());
        }
        for (Matcher line : lines()) {
            assertThat(tests).as(line.group()).contains(line.group(2).split(" "));
        }
    }
}
