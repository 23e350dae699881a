package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.ListenAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Whether and where a server has its web console.
 *
 * @param bind empty for the address of everything else
 */
public record ConsoleSettings(Mode mode, Optional<ListenAddress> bind) {
    private static final String BIND = "--console-bind";
    private static final String LISTENERS = "micronaut.server.netty.listeners.";

    /** Whether there is a console. */
    enum Mode {
        ON,
        OFF
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        CommandSpecs.choice(Mode.class, "<on|off>", "Web console: on (default) or off", "--console"),
                        "LATCHKEY_CONSOLE"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.value(
                                "<HOST:PORT>",
                                "Another address for the web console, and for nothing else: so the API can be public and"
                                        + " the console not",
                                BIND),
                        "LATCHKEY_CONSOLE_BIND"));
    }

    static ConsoleSettings of(Arguments arguments) {
        Mode mode = arguments.choice("--console", Mode.ON);
        Optional<ListenAddress> bind = arguments.given(BIND).map(given -> arguments.parse(given, ListenAddress::parse));
        if (mode == Mode.OFF && bind.isPresent()) {
            throw arguments.refused("--console-bind needs a console: leave --console off away");
        }
        return new ConsoleSettings(mode, bind);
    }

    /**
     * The properties of the server.
     *
     * @param main the address of everything else
     * @param isSecure whether the server uses TLS; both addresses use the same
     */
    public Map<String, Object> properties(ListenAddress main, boolean isSecure) {
        Map<String, Object> properties = new HashMap<>(Map.of("latchkey.console.enabled", mode == Mode.ON));
        bind.ifPresent(own -> {
            properties.put("latchkey.console.host", own.host());
            properties.put("latchkey.console.port", own.port());
            addListener(properties, "main", main, isSecure);
            addListener(properties, "more", own, isSecure);
        });
        return properties;
    }

    private static void addListener(
            Map<String, Object> properties, String name, ListenAddress address, boolean isSecure) {
        properties.put(LISTENERS + name + ".host", address.host());
        properties.put(LISTENERS + name + ".port", address.port());
        properties.put(LISTENERS + name + ".ssl", isSecure);
        if (isSecure) {
            properties.put(LISTENERS + name + ".key-name", "latchkey");
        }
    }
}
