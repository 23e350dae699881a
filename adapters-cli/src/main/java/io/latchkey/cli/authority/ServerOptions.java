package io.latchkey.cli.authority;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.terminal.ListenAddress;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a server that {@code doctor} reads, too. */
public final class ServerOptions {
    private static final String HTTP_BIND = "--http-bind";
    private static final String ADMIN_TOKEN_FILE = "--admin-token-file";
    private static final String PERMISSION_TOKENS_FILE = "--permission-tokens-file";
    private static final String TLS_CERT = "--tls-cert";

    private ServerOptions() {}

    public static OptionSpec listenAddress(String description) {
        return CommandSpecs.withVariables(
                CommandSpecs.value("<HOST:PORT>", description, HTTP_BIND),
                "LATCHKEY_HTTP_BIND",
                "INFLUXDB3_HTTP_BIND_ADDR");
    }

    public static ListenAddress listenAddress(Arguments arguments) {
        return arguments
                .given(HTTP_BIND)
                .map(given -> arguments.parse(given, ListenAddress::parse))
                .orElse(ListenAddress.DEFAULT);
    }

    /** Separated as in PATH, because the name of a file may well contain a comma. */
    public static OptionSpec tokenFiles(String description) {
        return CommandSpecs.withListVariable(
                CommandSpecs.values("<FILE>", description, ADMIN_TOKEN_FILE),
                "INFLUXDB3_ADMIN_TOKEN_FILE",
                File.pathSeparator,
                "the same as --admin-token-file, several separated by " + File.pathSeparator);
    }

    public static Stream<Arguments.Given> tokenFiles(Arguments arguments) {
        return arguments.givenList(ADMIN_TOKEN_FILE);
    }

    /** The same for files of resource tokens. */
    public static OptionSpec permissionTokensFiles(String description) {
        return CommandSpecs.withListVariables(
                CommandSpecs.values("<FILE>", description, PERMISSION_TOKENS_FILE),
                List.of("LATCHKEY_PERMISSION_TOKENS_FILE", "INFLUXDB3_PERMISSION_TOKENS_FILE"),
                File.pathSeparator,
                "the same as --permission-tokens-file, several separated by " + File.pathSeparator);
    }

    public static Stream<Arguments.Given> permissionTokensFiles(Arguments arguments) {
        return arguments.givenList(PERMISSION_TOKENS_FILE);
    }

    public static OptionSpec certificate(String description) {
        return CommandSpecs.withVariables(CommandSpecs.value("<FILE>", description, TLS_CERT), "INFLUXDB3_TLS_CERT");
    }

    public static Optional<Path> certificate(Arguments arguments) {
        return arguments.given(TLS_CERT).map(given -> arguments.parse(given, Location::path));
    }
}
