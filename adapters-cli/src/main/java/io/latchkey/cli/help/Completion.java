package io.latchkey.cli.help;

import io.latchkey.cli.command.Arguments;
import io.latchkey.cli.command.Command;
import io.latchkey.cli.command.CommandSpecs;
import io.latchkey.cli.command.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code completion}: prints a completion script for a shell.
 *
 * <p>Generated from the command specs. picocli's own generator supports neither fish nor the descriptions that zsh
 * and fish show.
 */
public record Completion() implements Command {
    private static final String SHELL = "<SHELL>";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpecs.command(
                        this,
                        "completion",
                        "Print a script that completes commands in a shell, and names of tokens in the"
                                + " database file.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel(SHELL)
                        .description("bash, zsh or fish")
                        .completionCandidates(Arguments.names(Shell.class))
                        .build());
        spec.usageMessage()
                .footerHeading("%n")
                .footer(
                        "Examples:",
                        "  source <(latchkey completion bash)",
                        "  latchkey completion bash > ~/.local/share/bash-completion/completions/latchkey",
                        "  source <(latchkey completion zsh)   # in .zshrc, before or after compinit",
                        "  latchkey completion zsh > ~/.zfunc/_latchkey   # or a folder in fpath, before compinit",
                        "  latchkey completion fish > ~/.config/fish/completions/latchkey.fish");
        return spec;
    }

    @Override
    public String failure() {
        return "Completion command failed: ";
    }

    @Override
    public int run(Arguments arguments) {
        Optional<String> name = Optional.ofNullable(arguments.parsed().matchedPositionalValue(0, null));
        Shell shell = arguments.choice(
                new Arguments.Given(
                        name.orElseThrow(() ->
                                arguments.refused("the following required arguments were not provided: " + SHELL)),
                        SHELL),
                Shell.class);
        arguments
                .environment()
                .out()
                .print(shell.script(arguments.parsed().commandSpec().root()));
        return ExitCode.OK;
    }
}
