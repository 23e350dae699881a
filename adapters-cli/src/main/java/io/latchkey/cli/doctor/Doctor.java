package io.latchkey.cli.doctor;

import io.latchkey.application.StoreLocation;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
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

/** {@code doctor}: checks for common problems. */
public record Doctor(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                this,
                "doctor",
                "Check for common problems and print advice: database file and folder, disk space,"
                        + " integrity of the database, ledger, clock, listen address, limit of open files,"
                        + " token files, certificate, and with --host a server. Changes nothing. Exits with 3"
                        + " if something needs attention.");
        spec.addOption(ServerOptions.listenAddress(
                        "Address where a server listens or will listen (default: 127.0.0.1:8181)"))
                .addOption(ServerOptions.tokenFiles("Token file of a server; may be repeated"))
                .addOption(ServerOptions.permissionTokensFiles("File of resource tokens of a server; may be repeated"))
                .addOption(ServerOptions.certificate("Certificate of a server, a PEM file"))
                .addOption(ResultFormat.option());
        AuthorityOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec,
                "  latchkey doctor",
                "  latchkey doctor --db /var/lib/latchkey/latchkey.db --tls-cert /etc/latchkey/cert.pem",
                "  latchkey doctor --host https://tokens.example.com --token @operator.token");
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
            case Location.Store(StoreLocation.File(var file)) ->
                Stream.of(
                                new DatabaseCheck(authorities, file).findings(),
                                new ListenAddressCheck(authorities, arguments).findings(),
                                List.of(OpenFilesCheck.finding(OpenFileLimit.ofProcess())))
                        .flatMap(List::stream);
            case Location.Store(StoreLocation.Postgres database) ->
                Stream.of(
                                new PostgresCheck(authorities, database).findings(),
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
