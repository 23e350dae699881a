package io.latchkey.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code keeps the rules, and the rules notice when it does not. */
class ArchitectureTest {
    private static final ImportOption PRODUCTION =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

    private static final JavaClasses CODE =
            new ClassFileImporter().withImportOption(PRODUCTION).importPackages("io.latchkey");

    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("io.latchkey.wrong");

    /** For each rule the class that was written to break it. */
    private static final Map<String, String> BROKEN_BY = Map.ofEntries(
            Map.entry("the domain knows only the JDK's values", "domain.ReadsFiles"),
            Map.entry("the application knows only domain and JDK", "application.KnowsTheContainer"),
            Map.entry("persistence knows no other adapter", "persistence.KnowsHttp"),
            Map.entry("http knows no other adapter", "http.KnowsTheCommandLine"),
            Map.entry("cli knows no other adapter", "cli.KnowsPersistence"),
            Map.entry("SQL stays in persistence", "http.SpeaksSql"),
            Map.entry("HTTP stays in http", "cli.SpeaksHttp"),
            Map.entry("picocli stays in cli", "http.ReadsArguments"),
            Map.entry("in cli only the composition root knows the container", "cli.KnowsTheContainer"),
            Map.entry("packages of application are used in their order", "application.ledger.UsesTransfer"),
            Map.entry("packages of persistence are used in their order", "persistence.jdbc.UsesSqlite"),
            Map.entry("packages of http are used in their order", "http.json.UsesTheServer"),
            Map.entry("packages of cli are used in their order", "cli.terminal.UsesScan"),
            Map.entry("packages that nothing uses show no type", "http.api.ShowsItself"),
            Map.entry("public means used from another package", "http.wire.UsedHereOnly"),
            Map.entry("every port has an adapter", "application.PortWithoutAdapter"),
            Map.entry("a secret is revealed only where it leaves", "cli.LogsSecrets"),
            Map.entry("nobody asks the wall clock or rolls dice", "domain.AsksTheClock"),
            Map.entry("nobody prints but through the command's writer", "cli.Prints"),
            Map.entry("numbers and letters know no locale", "cli.CountsInArabic"),
            Map.entry("what is not private is final", "domain.ChangesItsMind"),
            Map.entry("types are closed", "domain.CanBeExtended"),
            Map.entry("names say what a thing is", "cli.TokenManager"),
            Map.entry("there are no cycles", "application"),
            Map.entry("tests do not mock", "cli.Mocks"),
            Map.entry("tests do not sleep", "cli.Sleeps"));

    static Set<String> production() {
        return new Rules("io.latchkey").production().keySet();
    }

    static Set<String> tests() {
        return Rules.tests().keySet();
    }

    static Stream<String> all() {
        return Stream.concat(production().stream(), tests().stream());
    }

    @Test
    void every_module_is_in_view_and_not_empty() {
        assertThat(Rules.MODULES)
                .allSatisfy(module -> assertThat(CODE)
                        .as(module)
                        .filteredOn(c -> c.getPackageName().startsWith("io.latchkey." + module))
                        .hasSizeGreaterThan(5));
    }

    @ParameterizedTest
    @MethodSource("production")
    void the_code_keeps_it(String name) {
        rule("io.latchkey", name).check(CODE);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void the_tests_of_every_module_keep_it(String name) throws IOException {
        for (Path module : modules()) {
            Path classes = module.resolve("target/test-classes");
            assertThat(classes).isDirectoryRecursivelyContaining("glob:**.class");
            rule("io.latchkey", name)
                    .check(new ClassFileImporter()
                            .withImportOption(location ->
                                    !location.contains("/io/latchkey/wrong/") && !location.contains("/jmh_generated/"))
                            .importPath(classes));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_notices_code_that_breaks_it(String name) {
        assertThat(rule("io.latchkey.wrong", name)
                        .evaluate(WRONG)
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(detail -> assertThat(detail).contains("io.latchkey.wrong." + BROKEN_BY.get(name)));
    }

    private static ArchRule rule(String root, String name) {
        Map<String, ArchRule> rules = new HashMap<>(new Rules(root).production());
        rules.putAll(Rules.tests());
        // A rule about nothing is kept by everything: it fails instead.
        return requireNonNull(rules.get(name)).allowEmptyShould(false);
    }

    /** The folders of the modules that have tests. */
    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
                    .toList();
        }
    }
}
