package io.latchkey.cli.serve;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.ListenAddress;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The address where a lost operator token can be regenerated, once and without a credential (contract 1.9). */
public record RecoverySettings(ListenAddress bind, Reach reach) {
    private static final String DEFAULT = "127.0.0.1:8182";
    private static final String BIND = "--admin-token-recovery-http-bind";

    /** Who can connect to it. */
    enum Reach {
        THIS_MACHINE,
        ANYWHERE
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(CommandSpecs.withVariables(
                        OptionSpec.builder(BIND)
                                .type(String.class)
                                .arity("0..1")
                                .fallbackValue(DEFAULT)
                                .paramLabel("<HOST:PORT>")
                                .description(
                                        "Let the server's user or root regenerate the operator token at this address, once"
                                                + " and without a token (default: " + DEFAULT
                                                + "); `create token --admin --regenerate` on the database file does the same without"
                                                + " opening a port")
                                .build(),
                        "INFLUXDB3_ADMIN_TOKEN_RECOVERY_HTTP_BIND_ADDR",
                        "INFLUXDB3_ADMIN_TOKEN_RECOVERY_HTTP_BIND"))
                .addOption(CommandSpecs.withVariables(
                        CommandSpecs.flag(
                                "Let anybody who can connect to that address regenerate the token, from other"
                                        + " machines too",
                                "--allow-remote-recovery"),
                        "LATCHKEY_ALLOW_REMOTE_RECOVERY"));
    }

    static Optional<RecoverySettings> of(Arguments arguments) {
        Reach allowed = arguments.flag("--allow-remote-recovery") ? Reach.ANYWHERE : Reach.THIS_MACHINE;
        Optional<ListenAddress> bind = arguments.given(BIND).map(given -> arguments.parse(given, ListenAddress::parse));
        if (allowed == Reach.THIS_MACHINE
                && bind.filter(address -> !address.isLocal()).isPresent()) {
            throw arguments.refused("other machines can reach " + bind.get()
                    + " and take the operator token: allow it with --allow-remote-recovery, or use an"
                    + " address such as " + DEFAULT);
        }
        return bind.map(address -> new RecoverySettings(address, allowed));
    }

    /** The properties of the server. */
    public Map<String, Object> properties() {
        return Map.of(
                "latchkey.recovery.host", bind.host(),
                "latchkey.recovery.port", bind.port(),
                "latchkey.recovery.allow-remote", reach == Reach.ANYWHERE);
    }
}
