package io.latchkey.cli.doctor;

import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.OpenFileLimit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code doctor}: what goes wrong in real life, looked for in one go. */
public record Doctor(Authorities authorities) implements Command {
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
        CommandSpec spec = CommandSpecs.command(
                this,
                "doctor",
                "Look at what goes wrong in real life, and say for each what to do: the database file and its folder,"
                        + " free disk, SQLite's integrity, the ledger, the clock, the address to listen on, how many files may be open, files with"
                        + " tokens, the certificate, and with --host a server. Changes nothing. Exits with 3 if"
                        + " something needs attention.");
        spec.addOption(CommandSpecs.value(
                        "<HOST:PORT>",
                        "Address that a server is to listen on (default: 127.0.0.1:8181)",
                        "--http-bind"))
                .addOption(CommandSpecs.values(
                        "<FILE>", "File with a token that a server reads; may be repeated", "--admin-token-file"))
                .addOption(CommandSpecs.value("<FILE>", "Certificate of a server, in PEM", "--tls-cert"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return CommandSpecs.withExamples(
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
        List<CheckResult> findings = findings(arguments);
        format.print(
                arguments.environment(),
                () -> findings.stream().map(CheckResult::text).collect(Collectors.joining()),
                () -> new JsonObject().with("findings", findings.stream().map(CheckResult::json)));
        long bad = findings.stream().filter(CheckResult::isBad).count();
        if (bad == 0) {
            return ExitCode.OK;
        }
        arguments.environment().err().print(bad + (bad == 1 ? " thing needs" : " things need") + " attention\n");
        return ExitCode.FINDINGS;
    }

    private List<CheckResult> findings(Arguments arguments) {
        Stream<CheckResult> ofTokens = TokenFileCheck.of(arguments).stream();
        Stream<CheckResult> ofPlace = switch (Location.of(arguments)) {
            case Location.Local(var file) ->
                Stream.of(
                                new DatabaseCheck(authorities, file).findings(),
                                new ListenAddressCheck(authorities, arguments).findings(),
                                List.of(OpenFilesCheck.finding(OpenFileLimit.ofProcess())))
                        .flatMap(List::stream);
            case Location.Remote server ->
                new ServerCheck(authorities, server, Credential.of(arguments)).findings().stream();
        };
        Stream<CheckResult> ofCertificate = new CertificateCheck(authorities.clock(), arguments).findings().stream();
        return Stream.of(ofPlace, ofTokens, ofCertificate)
                .flatMap(findings -> findings)
                .toList();
    }
}
