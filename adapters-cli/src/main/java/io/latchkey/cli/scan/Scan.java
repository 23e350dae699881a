package io.latchkey.cli.scan;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.Confirmation;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code scan}: the tokens that stand where they should not, and which of them are live. */
public record Scan(Authorities authorities) implements Command {
    private static final String STANDARD_INPUT = "-";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "scan",
                        "Find tokens in files and say whose they are. What any Latchkey made is known by its checksum,"
                                + " other tokens only where they are in force. One in base64, in quoted-printable or"
                                + " in what is compressed is not recognised. Exits with 3 if there is one, with 0 if"
                                + " not, with 1 if not everything could be read.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(String[].class)
                        .paramLabel("<FILE>")
                        .description(
                                "Files, or folders with all that is in them; - for standard input. Links in"
                                        + " folders are not followed, and files with a NUL near their beginning not searched, but for UTF-16")
                        .build())
                .addOption(CommandSpecs.flag(
                        "Search what the next commit of the git repository here adds, for a hook: its very bytes, but"
                                + " for secrets that its files hold already",
                        "--staged"))
                .addOption(CommandSpecs.flag("End the tokens that are found and known here", "--burn"))
                .addOption(Confirmation.option())
                .addOption(ResultFormat.option("text, or json for one object a line, one for each match"));
        AuthorityOptions.addTo(spec);
        spec.usageMessage().abbreviateSynopsis(false).customSynopsis("latchkey scan [OPTIONS] <FILE>...");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey scan .",
                "  latchkey scan --staged",
                "  git cat-file --batch --batch-all-objects --unordered | latchkey scan -",
                "  latchkey scan /srv/backup --burn --yes --host http://127.0.0.1:8181 --token @operator.token",
                "  latchkey config pre-commit > .pre-commit-config.yaml");
    }

    @Override
    public String failure() {
        return "Scan command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        String[] none = {};
        List<String> paths = List.of(arguments.parsed().matchedPositionalValue(0, none));
        boolean staged = arguments.has("--staged");
        if (staged && !paths.isEmpty()) {
            throw arguments.refused("--staged cannot be used with <FILE>: git says which files change");
        }
        if (paths.isEmpty() && !staged) {
            throw arguments.refused("the following required arguments were not provided: <FILE>");
        }
        if (paths.contains(STANDARD_INPUT)
                && arguments.value("--token").filter(STANDARD_INPUT::equals).isPresent()) {
            throw arguments.refused("standard input cannot be searched and hold the token to act with: use @FILE");
        }
        if (arguments.has("--burn") && !Confirmation.isPossible(arguments, failure())) {
            return ExitCode.FAILED;
        }
        Environment environment = arguments.environment();
        ScanReport report = ScanReport.of(
                authorities,
                arguments,
                names -> Confirmation.isGiven(
                        arguments,
                        failure(),
                        Confirmation.listed("To be ended, because their secrets were found:", names),
                        "end " + Quoted.counted(names.size())));
        ScanProgress progress = new ScanProgress(environment);
        StagedChanges changes = new StagedChanges(report::add, progress::read);
        if (staged) {
            changes.search();
        }
        SecretSearch search = new SecretSearch(report::add, progress::read);
        FileTreeSearch tree = new FileTreeSearch(search, environment.err());
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                tree.stream(environment.in(), "standard input");
            } else {
                tree.walk(arguments.parse(new Arguments.Given(path, "<FILE>"), Location::path));
            }
        }
        progress.end();
        try {
            report.flush();
        } catch (TokenFailure | AuthorityUnavailable e) {
            if (report.finds() == 0) {
                throw e;
            }
            environment
                    .err()
                    .print(TokenSecret.masked(failure() + TerminalText.of(String.valueOf(e.getMessage())) + "\n"));
        }
        environment.err().print(report.summary() + " in " + (staged ? changes.summary() : tree.summary()) + "\n");
        if (report.finds() > 0) {
            return ExitCode.FINDINGS;
        }
        return tree.unreadable() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
