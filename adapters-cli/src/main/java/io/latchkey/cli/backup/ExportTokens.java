package io.latchkey.cli.backup;

import io.latchkey.application.ListedToken;
import io.latchkey.application.TokenLines;
import io.latchkey.application.TokenQuery;
import io.latchkey.cli.authority.Authorities;
import io.latchkey.cli.authority.AuthorityOptions;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.authority.TableOutput;
import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import io.latchkey.cli.terminal.Quoted;
import io.latchkey.cli.token.HiddenDigests;
import io.latchkey.domain.Token;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code export tokens}: one line for each token, for import into another instance. */
public record ExportTokens(Authorities authorities) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "tokens",
                        "Write all tokens as JSON Lines, with the hashes of their secrets; another instance"
                                + " can import them, and nobody can authenticate with them. Needs an"
                                + " admin token, because resource tokens are not shown hashes.")
                .addOption(CommandSpecs.value(
                        "<FILE>",
                        "Write to this file, readable only by its owner, instead of standard output",
                        "-o",
                        "--output"))
                .addOption(OutputFile.force())
                .addOption(CommandSpecs.flag("Write nothing; print the number of tokens", "--dry-run"));
        AuthorityOptions.addTo(spec);
        return CommandSpecs.withExamples(
                spec,
                "  latchkey export tokens --output tokens.jsonl",
                "  latchkey export tokens --host http://127.0.0.1:8181 --token @operator.token > tokens.jsonl",
                "  latchkey import tokens --from tokens.jsonl --db new/latchkey.db");
    }

    @Override
    public String failure() {
        return "Export command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Optional<OutputFile> file = TableOutput.file(authorities, arguments);
        Location location = Location.of(arguments).existing();
        TokenLines lines = authorities.lines();
        return authorities.ask(location, Credential.of(arguments), access -> {
            Iterator<ListedToken> tokens = access.tokens().all(TokenQuery.ALL).iterator();
            if (!tokens.hasNext()) {
                HiddenDigests.refuseHolder(access);
            }
            return arguments.has("--dry-run")
                    ? count(arguments, tokens)
                    : TableOutput.put(file, arguments, new Lines(tokens, lines));
        });
    }

    private static int count(Arguments arguments, Iterator<ListedToken> tokens) {
        int count = 0;
        while (tokens.hasNext()) {
            HiddenDigests.refuse(tokens.next().token());
            count++;
        }
        arguments.environment().err().print(Quoted.counted(count) + " would be exported\n");
        return ExitCode.OK;
    }

    private record Lines(Iterator<ListedToken> tokens, TokenLines lines) implements Iterator<String> {
        @Override
        public boolean hasNext() {
            return tokens.hasNext();
        }

        @Override
        public String next() {
            Token token = tokens.next().token();
            HiddenDigests.refuse(token);
            return lines.write(token) + "\n";
        }
    }
}
