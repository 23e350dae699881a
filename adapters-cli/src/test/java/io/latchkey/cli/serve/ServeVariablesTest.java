package io.latchkey.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.application.ManualClock;
import io.latchkey.cli.FakeAuthorities;
import io.latchkey.cli.command.EnvironmentSection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What can be typed can be set: a unit of systemd's or a compose file says it with variables. */
class ServeVariablesTest {
    /** The folder is part of what LATCHKEY_DB says. */
    private static final List<String> WITHOUT = List.of("--help", "--data-dir");

    @Test
    void every_option_of_a_server_has_a_variable() {
        CommandSpec spec = new Serve(new FakeAuthorities(new ManualClock())).spec();
        String variables = EnvironmentSection.entries(spec).stream()
                .map(EnvironmentSection.Entry::names)
                .collect(Collectors.joining("\n"));
        assertThat(spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::longestName)
                        .filter(name -> !WITHOUT.contains(name)))
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(variables)
                        .containsPattern("(LATCHKEY|INFLUXDB3)_"
                                + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT)
                                + "(_ADDR)?\\b"));
    }
}
