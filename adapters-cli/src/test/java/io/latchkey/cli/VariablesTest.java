package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ManualClock;
import io.latchkey.cli.command.CommandDescription;
import io.latchkey.cli.command.EnvironmentSection;
import io.latchkey.cli.terminal.Environment;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command reads the environment variables that its help names, and no others. */
class VariablesTest {
    /** Those that say where a user's files are, what a terminal can do and whether there is a desktop, whatever the program. */
    private static final Set<String> OF_EVERY_PROGRAM =
            Set.of("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "TERM", "DISPLAY", "WAYLAND_DISPLAY");

    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** What a command needs at least in order to read all that it reads. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("create token", "--admin --name new"),
            Map.entry("show token", "ci"),
            Map.entry("update token", "--token-name ci --name other"),
            Map.entry("rotate token", "--token-name ci --yes --grace 1d"),
            Map.entry("disable token", "--token-name ci"),
            Map.entry("enable token", "--token-name ci"),
            Map.entry("delete token", "--token-name ci --yes"),
            Map.entry("check tokens", "--expiring-within 14d"),
            Map.entry("import tokens", "--from {dir}/nothing"),
            Map.entry("apply", "--file {dir}/nothing"),
            Map.entry("backup", "--output {dir}/copy.db"),
            Map.entry("restore", "--from {dir}/nothing.db"),
            Map.entry("move database", "--from postgresql://down.test/latchkey --to {dir}/moved.db"),
            Map.entry("purge tokens", "--expired-for 30d --yes"),
            Map.entry("query", "SELECT"),
            Map.entry("scan", "{dir}"));

    @TempDir
    Path dir;

    static Stream<String> commands() {
        try (var authorities = new FakeAuthorities(new ManualClock())) {
            return CommandDescription.all(new RootCommand(authorities).spec()).stream()
                    .filter(command ->
                            !EnvironmentSection.entries(command.spec()).isEmpty())
                    .map(CommandDescription::path)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_reads_the_variables_that_its_help_names(String path) {
        Set<String> read = new HashSet<>();
        for (Map<String, String> variables : List.of(
                Map.of("HOME", dir.toString()),
                Map.of("HOME", "nowhere"),
                Map.of("LATCHKEY_HOST", "http://authority.test"),
                Map.of("LATCHKEY_HOST", "http://down.test"),
                Map.of("LATCHKEY_DB", "postgresql://down.test/latchkey"),
                Map.of(
                        "HOME",
                        dir.toString(),
                        "LATCHKEY_WEBHOOK",
                        "https://example.org",
                        "LATCHKEY_WEBHOOK_SECRET",
                        WEBHOOK_SECRET))) {
            read.addAll(read(path, variables));
        }
        read.removeAll(OF_EVERY_PROGRAM);
        assertThat(read).containsExactlyInAnyOrderElementsOf(named(path));
    }

    private static Set<String> named(String path) {
        try (var authorities = new FakeAuthorities(new ManualClock())) {
            return CommandDescription.all(new RootCommand(authorities).spec()).stream()
                    .filter(command -> command.path().equals(path))
                    .flatMap(command -> EnvironmentSection.entries(command.spec()).stream())
                    .flatMap(entry -> Stream.of(entry.names().split(", ", -1)))
                    .collect(Collectors.toSet());
        }
    }

    /** The variables that a command asks for where two tokens exist and these variables are set. */
    private Set<String> read(String path, Map<String, String> variables) {
        try (var authorities = new FakeAuthorities(new ManualClock())) {
            Map<String, String> home = Map.of("HOME", dir.toString());
            String operator = run(authorities, home, "create token --admin --format token")
                    .strip();
            run(authorities, home, "create token --admin --name ci --token " + operator);
            var recording = new RecordingMap(variables);
            run(authorities, recording, path + " " + WORDS.getOrDefault(path, "") + token(path, variables, operator));
            return recording.read;
        }
    }

    /** A server wants one; where the variable is to be asked for, it is not given. */
    private static String token(String path, Map<String, String> variables, String operator) {
        return variables.containsValue("http://authority.test") && !path.equals("doctor") ? " --token " + operator : "";
    }

    private String run(FakeAuthorities authorities, Map<String, String> variables, String words) {
        var out = new StringWriter();
        Main.run(
                new Environment(
                        variables,
                        new ByteArrayInputStream(new byte[0]),
                        new PrintWriter(out),
                        new PrintWriter(new StringWriter()),
                        () -> true),
                authorities,
                words.replace("{dir}", dir.toString()).split(" "));
        return out.toString();
    }

    /** Variables that remember which of them were asked for. */
    private static final class RecordingMap extends HashMap<String, String> {
        private static final long serialVersionUID = 1;
        private final transient Set<String> read = new HashSet<>();

        RecordingMap(Map<String, String> variables) {
            super(variables);
        }

        @Override
        public @Nullable String get(@Nullable Object name) {
            read.add(String.valueOf(name));
            return super.get(name);
        }
    }
}
