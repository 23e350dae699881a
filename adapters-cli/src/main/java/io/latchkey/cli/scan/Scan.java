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

/** {@code scan}: finds leaked tokens in files, and shows which of them are live. */
public record Scan(Authorities authorities) implements Command {
    private static final String STANDARD_INPUT = "-";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "scan",
                        "Find leaked tokens in files, and show their names and states. Tokens made by any"
                                + " Latchkey are recognised by their checksum, other tokens only if the database"
                                + " contains them. Tokens in base64, quoted-printable or compressed data are not found."
                                + " Exits with 3 if a token is found, with 1 if a file cannot be read, and otherwise"
                                + " with 0. Needs an admin token, because resource tokens are not shown hashes.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(String[].class)
                        .paramLabel("<FILE>")
                        .description("Files, or folders with all their files; - for standard input. Symbolic links in"
                                + " folders are not followed, and binary files (with a NUL byte near the start, unless"
                                + " UTF-16) are not searched")
                        .build())
                .addOption(CommandSpecs.flag(
                        "Search the staged changes of the git repository here, for a commit hook; secrets"
                                + " that the files already contained are ignored",
                        "--staged"))
                .addOption(CommandSpecs.flag("Revoke the tokens that are found", "--burn"))
                .addOption(Confirmation.option())
                .addOption(ResultFormat.option("text, or json for one object per line and match"));
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
            throw arguments.refused("--staged cannot be used with <FILE>: it searches the files that git lists");
        }
        if (paths.isEmpty() && !staged) {
            throw arguments.refused("the following required arguments were not provided: <FILE>");
        }
        if (paths.contains(STANDARD_INPUT)
                && arguments.value("--token").filter(STANDARD_INPUT::equals).isPresent()) {
            throw arguments.refused("standard input cannot be both searched and read for --token: use --token @FILE");
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
                        Confirmation.listed("To be revoked, because their secrets were found:", names),
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
            if (report.matches() == 0) {
                throw e;
            }
            environment
                    .err()
                    .print(TokenSecret.masked(failure() + TerminalText.of(String.valueOf(e.getMessage())) + "\n"));
        }
        environment.err().print(report.summary() + " in " + (staged ? changes.summary() : tree.summary()) + "\n");
        if (report.matches() > 0) {
            return ExitCode.FINDINGS;
        }
        return tree.unreadable() > 0 ? ExitCode.FAILED : ExitCode.OK;
    }
}
