package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of InfluxDB 3's {@code serve} without an effect here. They are accepted, so that only the image has to be
 * changed in a compose file, and logged, so that nobody relies on them.
 */
final class InfluxDbOptions {
    private static final List<String> NAMES = List.of("--node-id", "--object-store", "--plugin-dir", "--log-filter");

    private InfluxDbOptions() {}

    static void addTo(CommandSpec spec) {
        for (String name : NAMES) {
            spec.addOption(
                    OptionSpec.builder(name).type(String.class).hidden(true).build());
        }
    }

    /** Logs the options that were given. */
    static void announce(Arguments arguments) {
        NAMES.stream()
                .filter(arguments::has)
                .forEach(name -> LoggerFactory.getLogger(Serve.class)
                        .info("{} is an option of InfluxDB and has no effect here", name));
    }
}
