package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What InfluxDB 3's {@code serve} is told in every compose file and what means nothing here: understood, so that only the
 * name of the image has to change, and said in the log, so that nobody believes that it does something.
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

    /** Says in the log which of them were given in vain. */
    static void announce(Arguments arguments) {
        NAMES.stream()
                .filter(arguments::has)
                .forEach(name -> LoggerFactory.getLogger(Serve.class)
                        .info("{} is an option of InfluxDB and has no effect here", name));
    }
}
