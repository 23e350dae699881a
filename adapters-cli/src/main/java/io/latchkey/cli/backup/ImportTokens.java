package io.latchkey.cli.backup;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.FileProblem;
import io.latchkey.application.table.TerminalText;
import io.latchkey.application.transfer.ChangeRefused;
import io.latchkey.application.transfer.DryRun;
import io.latchkey.application.transfer.ImportResult;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.WaitOption;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.command.ResultFormat;
import io.latchkey.cli.terminal.JsonObject;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.cli.token.TokenDetails;
import io.latchkey.cli.token.TokenObject;
import io.latchkey.domain.Token;
import io.latchkey.domain.TokenFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code import tokens}: imports all tokens of another instance, or none; clients keep their secrets. */
public record ImportTokens(Authorities authorities) implements Command {
    /** A token and its line number. */
    private record Line(int number, Token token) {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "tokens",
                        "Import tokens from JSON Lines; all of them, or none if one of them is refused."
                                + " Tokens that already exist with the same secret stay as they are. Each line needs a"
                                + " name and a hash (SHA-512, 128 hexadecimal digits), and may have expiry, description"
                                + " and created_at; so tokens of InfluxDB 3 can be imported. Lists the tokens that were"
                                + " revoked here and become valid again.")
                .addOption(CommandSpecs.value("<FILE>", "File to read, as written by `export tokens`", "--from"))
                .addOption(CommandSpecs.flag("Import nothing; print what would be imported", "--dry-run"))
                .addOption(ResultFormat.option());
        WaitOption.addTo(spec);
        AuthorityOptions.addTo(spec, "tokens:NAME:create, and imports only tokens that may do no more than it may");
        return CommandSpecs.withExamples(
                spec,
                "  latchkey import tokens --from tokens.jsonl --dry-run",
                "  latchkey import tokens --from tokens.jsonl --db new/latchkey.db",
                "  latchkey import tokens --from tokens.jsonl --host http://127.0.0.1:8181 --token @operator.token");
    }

    @Override
    public String failure() {
        return "Import command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        ResultFormat format = ResultFormat.of(arguments);
        Path from = arguments.required("--from", Location::path);
        Location location = Location.of(arguments);
        Optional<Credential> credential = Credential.of(arguments);
        List<Line> lines = read(from, authorities.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        List<Token> tokens = lines.stream().map(Line::token).toList();
        boolean dry = arguments.has("--dry-run");
        ImportResult result;
        try {
            result = dry && location.isMissing()
                    ? new ImportResult(tokens.size(), List.of())
                    : authorities.ask(
                            location,
                            credential,
                            WaitOption.applied(
                                    arguments,
                                    access -> access.transfer().importTokens(tokens, dry ? DryRun.YES : DryRun.NO)));
        } catch (ChangeRefused e) {
            throw refused(lines.get(e.index()).number(), e.failure());
        }
        arguments
                .environment()
                .err()
                .print(TokenDetails.list("Valid again, though revoked or replaced here:", result.reactivated()));
        int present = tokens.size() - result.imported();
        format.print(
                arguments.environment(),
                () -> Quoted.counted(result.imported()) + (dry ? " would be imported" : " imported")
                        + (present == 0 ? "" : ", " + present + " already existed") + "\n",
                () -> new JsonObject()
                        .with("dry_run", dry)
                        .with("imported", result.imported())
                        .with("present", present)
                        .with(
                                "live_again",
                                result.reactivated().stream()
                                        .map(token -> TokenObject.of(
                                                token, authorities.clock().instant()))));
        return ExitCode.OK;
    }

    /** The tokens of a file. */
    private List<Line> read(Path file, Instant now) {
        List<Line> lines = new ArrayList<>();
        try {
            List<String> text = TextFile.read(file).lines().toList();
            for (int i = 0; i < text.size(); i++) {
                if (!text.get(i).isBlank()) {
                    lines.add(new Line(i + 1, token(text.get(i), i + 1, now)));
                }
            }
        } catch (NoSuchFileException e) {
            throw new AuthorityUnavailable("there is no file " + file);
        } catch (IOException e) {
            throw new AuthorityUnavailable(file + " cannot be read: " + FileProblem.reading(file, e), e);
        }
        return lines;
    }

    private Token token(String line, int number, Instant now) {
        try {
            return authorities.lines().read(line, now);
        } catch (TokenFailure.Invalid e) {
            throw refused(number, e);
        }
    }

    private static AuthorityUnavailable refused(int number, TokenFailure failure) {
        return new AuthorityUnavailable("line " + number + ": " + TerminalText.of(failure.sentence()), failure);
    }
}
