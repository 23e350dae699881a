package io.latchkey.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenStore;
import io.latchkey.application.ledger.LedgerEntry;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TwoProcessesTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name_a_file() {
        file = directory.resolve("latchkey.db");
    }

    @Test
    void each_process_sees_the_changes_of_the_other() throws Exception {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            assertThat(store.revision()).isZero();
            try (OtherProcess other = OtherProcess.issuing(file, "a", "b", "c")) {
                assertThat(other.line()).isEqualTo("a");
                assertThat(store.revision()).isPositive();
                assertThat(other.rest()).containsExactly("b", "c");
            }
            assertThat(store.revision()).isEqualTo(3);
            assertThat(store.tail(1))
                    .extracting(
                            entry -> entry.event().after().orElseThrow().name().value())
                    .containsExactly("b", "c");
            assertThat(Fixtures.issue(store, "d").revision()).isEqualTo(4);
            assertThat(store.firstBroken()).isEmpty();
        }
    }

    @Test
    void one_of_two_processes_gets_a_contested_name() throws Exception {
        String[] names = IntStream.range(0, 600).mapToObj(i -> "n" + i).toArray(String[]::new);
        var mine = new HashSet<String>();
        var undecided = new HashSet<String>(); // unavailable, because the file was busy for too long on a slow disk
        Set<String> theirs;
        try (TokenStore store = SqliteTokenStore.open(file);
                OtherProcess other = OtherProcess.issuing(file, names)) {
            theirs = new HashSet<>(List.of(other.line()));
            for (String name : List.of(names).reversed()) {
                try {
                    Fixtures.issue(store, name);
                    mine.add(name);
                } catch (TokenFailure.NameTaken e) {
                    assertThat(store.find(new TokenName(name))).isPresent();
                } catch (AuthorityUnavailable e) {
                    undecided.add(name);
                }
            }
            other.rest().stream().filter(List.of(names)::contains).forEach(theirs::add);
            assertThat(Collections.disjoint(theirs, mine)).isTrue();
            var issued = new HashSet<>(mine);
            issued.addAll(theirs);
            assertThat(store.snapshot().tokens())
                    .extracting(token -> token.name().value())
                    .containsExactlyInAnyOrderElementsOf(issued);
            assertThat(store.revision()).isEqualTo(issued.size());
            assertThat(names).allMatch(name -> issued.contains(name) || undecided.contains(name));
            assertThat(store.firstBroken()).isEmpty();
        }
    }

    @Test
    void two_processes_create_one_file_at_once() throws Exception {
        for (int i = 0; i < 2; i++) {
            Path made = directory.resolve("made" + i).resolve("latchkey.db");
            try (OtherProcess one = OtherProcess.issuing(made, "a");
                    OtherProcess two = OtherProcess.issuing(made, "b")) {
                assertThat(one.rest()).containsExactly("a");
                assertThat(two.rest()).containsExactly("b");
            }
            try (TokenStore store = SqliteTokenStore.open(made)) {
                assertThat(store.snapshot().tokens()).hasSize(2);
                assertThat(store.firstBroken()).isEmpty();
            }
        }
    }

    @Test
    void acknowledged_changes_survive_a_kill() throws Exception {
        var acknowledged = new ArrayList<String>();
        for (int kill = 0; kill < 10; kill++) {
            try (OtherProcess storm = OtherProcess.storming(file, "storm" + kill)) {
                for (int i = 0; i < 5 + 13 * kill; i++) {
                    acknowledged.add(storm.line());
                }
                storm.kill();
                acknowledged.addAll(storm.rest());
            }
            try (TokenStore store = SqliteTokenStore.open(file)) {
                List<String> names = store.snapshot().tokens().stream()
                        .map(token -> token.name().value())
                        .toList();
                assertThat(names).containsAll(acknowledged);
                assertThat(store.firstBroken()).isEmpty();
                // A kill loses the output of at most one commit.
                assertThat(names.size()).isBetween(acknowledged.size(), acknowledged.size() + kill + 1);
                assertThat(store.tail(0)).extracting(LedgerEntry::revision).hasSize(names.size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077"})
    void files_are_private_with_any_umask(String umask) throws Exception {
        Path upper = directory.resolve("a");
        Path lower = upper.resolve("b");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (OtherProcess other = OtherProcess.issuingWithUmask(umask, lower.resolve("latchkey.db"), "x*")) {
            assertThat(other.line()).isEqualTo("x-0");
            try (Stream<Path> files = Files.list(lower)) {
                assertThat(files.map(TwoProcessesTest::mode)).containsExactly("rw-------", "rw-------", "rw-------");
            }
        }
        assertThat(mode(lower)).isEqualTo("rwx------");
        assertThat(mode(upper)).isEqualTo("rwx------");
        assertThat(mode(directory)).isEqualTo("rwxr-xr-x");
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
