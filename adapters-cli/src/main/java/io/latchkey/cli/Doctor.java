package io.latchkey.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code doctor}: what goes wrong in real life, looked for in one go. */
record Doctor(Authorities authorities) implements Command {
    private static final String[] VARIABLES = {
        "  LATCHKEY_HOST, INFLUXDB3_HOST_URL             the same as --host",
        "  LATCHKEY_TOKEN, INFLUXDB3_AUTH_TOKEN          the same as --token",
        "  LATCHKEY_HTTP_BIND, INFLUXDB3_HTTP_BIND_ADDR  the same as --http-bind",
        "  INFLUXDB3_ADMIN_TOKEN_FILE                    the same as --admin-token-file, with : between",
        "  INFLUXDB3_TLS_CERT                            the same as --tls-cert",
        "  LATCHKEY_DB                                   the same as --db",
    };

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                this,
                "doctor",
                "Look at what goes wrong in real life, and say for each what to do: the database file and its folder,"
                        + " free disk, SQLite's integrity, the ledger, the clock, the address to listen on, how many files may be open, files with"
                        + " tokens, the certificate, and with --host a server. Changes nothing. Exits with 3 if"
                        + " something needs attention.");
        spec.addOption(Syntax.value(
                        "<HOST:PORT>",
                        "Address that a server is to listen on (default: 127.0.0.1:8181)",
                        "--http-bind"))
                .addOption(Syntax.values(
                        "<FILE>", "File with a token that a server reads; may be repeated", "--admin-token-file"))
                .addOption(Syntax.value("<FILE>", "Certificate of a server, in PEM", "--tls-cert"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return Syntax.withExamples(
                spec,
                new String[] {
                    "  latchkey doctor",
                    "  latchkey doctor --db /var/lib/latchkey/latchkey.db --tls-cert /etc/latchkey/cert.pem",
                    "  latchkey doctor --host https://tokens.example.com --token @operator.token",
                },
                VARIABLES);
    }

    @Override
    public String failure() {
        return "Doctor command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        List<Finding> findings = findings(arguments);
        format.print(
                arguments.environment(),
                () -> findings.stream().map(Finding::text).collect(Collectors.joining()),
                () -> new JsonObject().with("findings", findings.stream().map(Finding::json)));
        long bad = findings.stream().filter(Finding::isBad).count();
        if (bad == 0) {
            return ExitCode.OK;
        }
        arguments.environment().err().print(bad + (bad == 1 ? " thing needs" : " things need") + " attention\n");
        return ExitCode.FINDINGS;
    }

    private List<Finding> findings(Arguments arguments) {
        Stream<Finding> ofTokens = SecretFiles.of(arguments).stream();
        Stream<Finding> ofPlace = switch (Location.of(arguments)) {
            case Location.Local(var file) ->
                Stream.of(
                                new DatabaseFile(authorities, file).findings(),
                                new ListenAddress(authorities, arguments).findings(),
                                List.of(OpenFilesCheck.finding(OpenFiles.ofProcess())))
                        .flatMap(List::stream);
            case Location.Remote server ->
                new ServerVisit(authorities, server, Credential.of(arguments)).findings().stream();
        };
        Stream<Finding> ofCertificate = new CertificateFile(authorities.clock(), arguments).findings().stream();
        return Stream.of(ofPlace, ofTokens, ofCertificate)
                .flatMap(findings -> findings)
                .toList();
    }
}
