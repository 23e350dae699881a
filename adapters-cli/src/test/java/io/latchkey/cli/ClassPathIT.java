package io.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The class paths of the image hold what the classes on them name. The tests' own class path has every jar, so only this
 * sees that a command comes to a class that its users do not have.
 */
class ClassPathIT {
    private static final Path LIB = BuiltImage.ROOT.resolve("lib");

    /** Classes of the command path that may name what is not there, and why that is never loaded. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("io.latchkey.cli.Assembly", "only serve() starts a container, on the server's class path"),
            Map.entry("io.latchkey.cli.Assembly$Listening", "what serve() returns"),
            Map.entry("io.latchkey.cli.serve.Logging", "only serve() loads it"),
            Map.entry("io.latchkey.cli.serve.Logging$Queued", "only Logging names it"),
            Map.entry("io.latchkey.cli.terminal.LogfmtFields", "only Logging names it"),
            Map.entry("org.yaml.snakeyaml.introspector.MethodProperty", "for JavaBeans, which no file of ours makes"));

    /** What a command begins with: its main class, and the adapters that it finds by name. */
    private static Set<String> roots(NamedClasses classes) {
        return Stream.concat(
                        Stream.of(
                                "io.latchkey.cli.Main",
                                "org.sqlite.JDBC",
                                "org.slf4j.helpers.NOP_FallbackServiceProvider"),
                        classes.providers().stream().filter(name -> name.startsWith("io.latchkey.")))
                .filter(classes::has)
                .collect(Collectors.toSet());
    }

    @Test
    void a_command_comes_to_no_class_that_is_not_there() throws IOException {
        NamedClasses classes = NamedClasses.in(NamedClasses.jars(LIB, LIB.resolve("command")));
        Set<String> java = NamedClasses.ofRuntime(BuiltImage.ROOT.resolve("runtime"));
        assertThat(java).contains("java.lang.Object", "java.sql.Connection");
        assertThat(classes.providers()).contains("io.latchkey.http.client.HttpRemoteAuthorities");

        Map<String, String> reachedFrom = new HashMap<>();
        Queue<String> open = new ArrayDeque<>(roots(classes));
        open.forEach(root -> reachedFrom.put(root, "nothing but its name"));
        Map<String, Set<String>> missing = new TreeMap<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            for (String named : classes.namedBy(name)) {
                if (classes.has(named)) {
                    if (!reachedFrom.containsKey(named)) {
                        reachedFrom.put(named, name);
                        open.add(named);
                    }
                } else if (!java.contains(named) && !isDriver(name, named)) {
                    missing.computeIfAbsent(name, _ -> new TreeSet<>()).add(named);
                }
            }
        }
        assertThat(reachedFrom).containsKeys("io.latchkey.http.client.HttpAdministration", "picocli.CommandLine");
        assertThat(missing)
                .as(missing.keySet().stream()
                        .map(name -> name + " is named by " + reachedFrom.get(name))
                        .collect(Collectors.joining("\n")))
                .containsOnlyKeys(ALLOWED.keySet());
    }

    /** The driver of PostgreSQL, which the launcher adds for a database there; only the package for it comes to it. */
    private static boolean isDriver(String name, String named) {
        return named.startsWith("org.postgresql.") && name.startsWith("io.latchkey.persistence.postgresql.");
    }

    @Test
    void a_server_has_every_class_that_ours_name() throws IOException {
        NamedClasses classes = NamedClasses.in(
                NamedClasses.jars(LIB, LIB.resolve("command"), LIB.resolve("server"), LIB.resolve("postgresql")));
        Set<String> java = NamedClasses.ofRuntime(BuiltImage.ROOT.resolve("runtime"));
        List<String> missing = classes.byName().keySet().stream()
                .filter(name -> name.startsWith("io.latchkey.") && !name.endsWith("package-info"))
                .flatMap(name -> classes.namedBy(name).stream()
                        .filter(named -> !classes.has(named) && !java.contains(named))
                        .map(named -> name + " names " + named))
                .sorted()
                .toList();
        assertThat(missing).isEmpty();
    }
}
