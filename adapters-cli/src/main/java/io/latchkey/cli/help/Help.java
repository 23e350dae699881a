package io.latchkey.cli.help;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandDescription;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code help}: prints the help of a command. */
public record Help() implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this, CommandDescription.HELP, "Show the help of a command, as its --help does.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(String[].class)
                        .paramLabel("<COMMAND>")
                        .description("Words of the command, such as create token; without any, all commands")
                        .build());
        spec.usageMessage().abbreviateSynopsis(false).customSynopsis("latchkey help [COMMAND]... [OPTIONS]");
        spec.usageMessage()
                .footerHeading("%n")
                .footer("Examples:", "  latchkey help create token", "  latchkey help show");
        return spec;
    }

    @Override
    public String failure() {
        return "Help command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        String[] none = {};
        List<String> words = List.of(arguments.parsed().matchedPositionalValue(0, none));
        CommandLine line = arguments.parsed().commandSpec().root().commandLine();
        for (int i = 0; i < words.size(); i++) {
            CommandLine next = line.getSubcommands().get(words.get(i));
            if (next == null) {
                throw new UnmatchedArgumentException(line, words.subList(i, words.size()));
            }
            line = next;
        }
        line.usage(arguments.environment().out(), CommandLine.Help.Ansi.OFF);
        return ExitCode.OK;
    }
}
